package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.QueueKind;
import io.condatis.internal.client.RemoteQueue;
import io.condatis.payload.Payloads;
import java.util.Objects;

/** Makes the proxies of queues. */
final class Queues {
    private final Connection connection;
    private final Payloads payloads;

    Queues(final Connection connection, final Payloads payloads) {
        this.connection = connection;
        this.payloads = payloads;
    }

    <E> SharedQueue<E> plain(final String name, final int maxsize) {
        return new QueueProxy<>(name, open(QueueKind.PLAIN, name, maxsize), maxsize, payloads);
    }

    <E> SharedPriorityQueue<E> priority(final String name, final int maxsize) {
        return new PriorityQueueProxy<>(name, open(QueueKind.PRIORITY, name, maxsize), maxsize, payloads);
    }

    <E> JoinableQueue<E> joinable(final String name, final int maxsize) {
        return new JoinableQueueProxy<>(name, open(QueueKind.JOINABLE, name, maxsize), maxsize, payloads);
    }

    <E> JoinableQueue<E> joinable(final String name, final int maxsize, final DeadLetters deadLetters) {
        final RemoteQueue queue = open(QueueKind.JOINABLE, name, maxsize);
        queue.deadLetters(deadLetters.maxAttempts(), open(QueueKind.JOINABLE, deadLetters.queueName(), 0));
        return new JoinableQueueProxy<>(name, queue, maxsize, payloads);
    }

    private RemoteQueue open(final QueueKind kind, final String name, final int maxsize) {
        Objects.requireNonNull(name, "name");
        if (maxsize < 0) {
            throw new IllegalArgumentException(
                    "maxsize=" + maxsize + " of queue " + name + " is negative; 0 means unbounded");
        }
        return connection.queue(kind, name, maxsize);
    }
}
