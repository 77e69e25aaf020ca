package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteQueue;
import io.condatis.internal.protocol.sbe.Kind;

/** Makes the proxies of queues. */
final class Queues {
    private final Connection connection;
    private final Values values;

    Queues(final Connection connection, final Values values) {
        this.connection = connection;
        this.values = values;
    }

    /** Find or make a queue; without a name it is always a new one. */
    <E> SharedQueue<E> plain(final String name, final int maxsize) {
        return new QueueProxy<>(name, open(Kind.QUEUE, name, maxsize), values);
    }

    <E> SharedPriorityQueue<E> priority(final String name, final int maxsize) {
        return new PriorityQueueProxy<>(name, open(Kind.PRIORITY_QUEUE, name, maxsize), values);
    }

    <E> JoinableQueue<E> joinable(final String name, final int maxsize) {
        return new JoinableQueueProxy<>(name, open(Kind.JOINABLE_QUEUE, name, maxsize), values);
    }

    /** {@return a proxy for the queue that a stored value refers to} */
    static Proxied of(final ObjectReference reference, final Connection connection, final Values values) {
        final RemoteQueue queue = connection.queue(reference);
        return switch (reference.kind()) {
            case QUEUE -> new QueueProxy<>(null, queue, values);
            case PRIORITY_QUEUE -> new PriorityQueueProxy<>(null, queue, values);
            default -> new JoinableQueueProxy<>(null, queue, values);
        };
    }

    <E> JoinableQueue<E> joinable(final String name, final int maxsize, final DeadLetters deadLetters) {
        final RemoteQueue queue = open(Kind.JOINABLE_QUEUE, name, maxsize);
        queue.deadLetters(deadLetters.maxAttempts(), open(Kind.JOINABLE_QUEUE, deadLetters.queueName(), 0));
        return new JoinableQueueProxy<>(name, queue, values);
    }

    private RemoteQueue open(final Kind kind, final String name, final int maxsize) {
        if (name != null && name.isEmpty()) {
            throw new IllegalArgumentException("the name of a managed object has at least one character");
        }
        if (maxsize < 0) {
            throw new IllegalArgumentException("maxsize=" + maxsize + " of a queue is negative; 0 means unbounded");
        }
        return connection.queue(connection.objects().open(kind, name == null ? "" : name, maxsize));
    }
}
