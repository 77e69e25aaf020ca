package io.condatis.manager;

import io.condatis.internal.client.Call;
import io.condatis.internal.client.RemoteQueue;
import java.util.concurrent.TimeUnit;

/** A managed queue whose items are leased. */
final class JoinableQueueProxy<E> extends QueueProxy<E> implements JoinableQueue<E> {
    private final ThreadLocal<int[]> lastAttempt = ThreadLocal.withInitial(() -> new int[1]);

    JoinableQueueProxy(final String name, final RemoteQueue queue, final Values values) {
        super(name, queue, values);
    }

    @Override
    void took(final int attempt) {
        lastAttempt.get()[0] = attempt;
    }

    @Override
    public int attempt() {
        return lastAttempt.get()[0];
    }

    @Override
    public void taskDone() {
        checkOpen();
        if (!queue.acknowledge()) {
            throw noneHeld("taskDone()");
        }
    }

    @Override
    public void giveBack() {
        checkOpen();
        if (!queue.giveBack()) {
            throw noneHeld("giveBack()");
        }
    }

    private IllegalStateException noneHeld(final String method) {
        return new IllegalStateException(
                method + " of queue " + name + " was called more often than this process took items");
    }

    @Override
    public void join() throws InterruptedException {
        join(FOR_EVER);
    }

    @Override
    public boolean join(final long timeout, final TimeUnit unit) throws InterruptedException {
        return join(Math.max(0, unit.toNanos(timeout)));
    }

    private boolean join(final long timeoutNs) throws InterruptedException {
        final Call call = begin();
        try {
            return queue.join(call, timeoutNs);
        } finally {
            connection.end(call);
        }
    }
}
