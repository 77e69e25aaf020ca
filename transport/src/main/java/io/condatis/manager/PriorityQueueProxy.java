package io.condatis.manager;

import io.condatis.internal.client.RemoteQueue;
import java.util.concurrent.TimeUnit;

/** A managed queue with priorities. */
final class PriorityQueueProxy<E> extends QueueProxy<E> implements SharedPriorityQueue<E> {
    PriorityQueueProxy(final String name, final RemoteQueue queue, final Values values) {
        super(name, queue, values);
    }

    @Override
    public void put(final E item, final long priority) throws InterruptedException {
        put(item, priority, FOR_EVER);
    }

    @Override
    public boolean offer(final E item, final long priority) {
        return putNow(item, priority);
    }

    @Override
    public boolean offer(final E item, final long priority, final long timeout, final TimeUnit unit)
            throws InterruptedException {
        return put(item, priority, Math.max(0, unit.toNanos(timeout)));
    }
}
