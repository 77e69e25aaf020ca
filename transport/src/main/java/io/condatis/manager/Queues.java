package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.RemoteQueue;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.payload.Payloads;

/** Makes the proxies of queues. */
final class Queues {
    private final Connection connection;
    private final Payloads payloads;

    Queues(final Connection connection, final Payloads payloads) {
        this.connection = connection;
        this.payloads = payloads;
    }

    <E> SharedQueue<E> plain(final String name, final int maxsize) {
        return new QueueProxy<>(name, open(Kind.QUEUE, name, maxsize), maxsize, payloads);
    }

    <E> SharedPriorityQueue<E> priority(final String name, final int maxsize) {
        return new PriorityQueueProxy<>(name, open(Kind.PRIORITY_QUEUE, name, maxsize), maxsize, payloads);
    }

    <E> JoinableQueue<E> joinable(final String name, final int maxsize) {
        return new JoinableQueueProxy<>(name, open(Kind.JOINABLE_QUEUE, name, maxsize), maxsize, payloads);
    }

    <E> JoinableQueue<E> joinable(final String name, final int maxsize, final DeadLetters deadLetters) {
        final RemoteQueue queue = open(Kind.JOINABLE_QUEUE, name, maxsize);
        queue.deadLetters(deadLetters.maxAttempts(), open(Kind.JOINABLE_QUEUE, deadLetters.queueName(), 0));
        return new JoinableQueueProxy<>(name, queue, maxsize, payloads);
    }

    private RemoteQueue open(final Kind kind, final String name, final int maxsize) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a managed object has at least one character");
        }
        if (maxsize < 0) {
            throw new IllegalArgumentException(
                    "maxsize=" + maxsize + " of queue " + name + " is negative; 0 means unbounded");
        }
        return connection.queue(connection.objects().open(kind, name, maxsize));
    }
}
