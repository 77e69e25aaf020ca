package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteSemaphore;
import io.condatis.sync.Permit;
import java.util.concurrent.TimeUnit;

/** A managed semaphore, bounded or not; any number of these may stand for one. */
final class SemaphoreProxy implements ManagedSemaphore, Proxied {
    private static final long FOR_EVER = -1;

    private final String kind;
    private final String name;
    private final RemoteSemaphore semaphore;
    private final Permit permit = new Permit(this::release);

    SemaphoreProxy(final String kind, final String name, final RemoteSemaphore semaphore) {
        this.kind = kind;
        this.name = name;
        this.semaphore = semaphore;
    }

    @Override
    public ObjectReference reference() {
        return semaphore.reference();
    }

    @Override
    public Connection connection() {
        return semaphore.connection();
    }

    @Override
    public void acquire() throws InterruptedException {
        semaphore.acquireInterruptibly(FOR_EVER);
    }

    @Override
    public void acquireUninterruptibly() {
        semaphore.acquire(FOR_EVER);
    }

    @Override
    public boolean tryAcquire() {
        return semaphore.acquire(0);
    }

    @Override
    public boolean tryAcquire(final long time, final TimeUnit unit) throws InterruptedException {
        return semaphore.acquireInterruptibly(Math.max(0, unit.toNanos(time)));
    }

    @Override
    public Permit permit() {
        acquireUninterruptibly();
        return permit;
    }

    @Override
    public void release() {
        semaphore.release();
    }

    @Override
    public int availablePermits() {
        return (int) semaphore.state().number();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return SyncObjects.describe(
                kind + "[" + name,
                semaphore::state,
                state -> ", available=" + state.number() + ", taken=" + state.detail()
                        + (state.waiting() == 0 ? "" : ", waiters=" + state.waiting()));
    }
}
