package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteLock;
import io.condatis.internal.client.SyncState;
import io.condatis.sync.AbandonedLockException;
import io.condatis.sync.Abandonment;
import io.condatis.sync.Hold;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** A managed lock, reentrant or not; any number of these may stand for one. */
final class LockProxy implements ManagedLock, Proxied {
    private static final long FOR_EVER = -1;

    private final String name;
    private final RemoteLock lock;
    private final Abandonment abandonment;
    private final Runnable repair;
    private final Hold hold = new Hold(this);

    LockProxy(final String name, final RemoteLock lock, final Abandonment abandonment, final Runnable repair) {
        this.name = name;
        this.lock = lock;
        this.abandonment = abandonment;
        this.repair = repair;
    }

    RemoteLock remote() {
        return lock;
    }

    @Override
    public ObjectReference reference() {
        return lock.reference();
    }

    @Override
    public Connection connection() {
        return lock.connection();
    }

    @Override
    public void lock() {
        if (!reenter(FOR_EVER)) {
            isUsable(lock.acquire(FOR_EVER));
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        checkNotInterrupted();
        if (!reenter(FOR_EVER)) {
            isUsable(lock.acquireInterruptibly(FOR_EVER));
        }
    }

    @Override
    public boolean tryLock() {
        if (lock.isHeldByCurrentThread()) {
            return reenter(0);
        }
        return isUsable(lock.acquire(0));
    }

    @Override
    public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException {
        checkNotInterrupted();
        final long timeoutNs = Math.max(0, unit.toNanos(time));
        if (lock.isHeldByCurrentThread()) {
            return reenter(timeoutNs);
        }
        return isUsable(lock.acquireInterruptibly(timeoutNs));
    }

    @Override
    public void unlock() {
        lock.release();
    }

    @Override
    public Condition newCondition() {
        return SyncObjects.newCondition(this);
    }

    @Override
    public Hold hold() {
        lock();
        return hold;
    }

    @Override
    public Hold lockForRepair() {
        if (!reenter(FOR_EVER)) {
            lock.acquire(FOR_EVER);
        }
        return hold;
    }

    @Override
    public Abandonment abandonment() {
        return abandonment;
    }

    @Override
    public boolean isAbandoned() {
        return lock.isHeldByCurrentThread()
                ? lock.isGrantAbandoned()
                : lock.state().detail() != 0;
    }

    @Override
    public void markConsistent() {
        lock.markConsistent();
    }

    @Override
    public boolean isLocked() {
        return lock.state().number() != 0;
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return lock.isHeldByCurrentThread();
    }

    @Override
    public int holdCount() {
        return lock.holdCount();
    }

    @Override
    public long fence() {
        return lock.fence();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        final String kind = lock.isReentrant() ? "ManagedReentrantLock[" : "ManagedLock[";
        return SyncObjects.describe(kind + name, lock::state, this::describe);
    }

    private String describe(final SyncState state) {
        final String waiters = state.waiting() == 0 ? "" : ", waiters=" + state.waiting();
        return owner(state) + waiters + (state.detail() == 0 ? "" : ", abandoned");
    }

    private String owner(final SyncState state) {
        if (state.number() == 0) {
            return ", free";
        }
        final Thread owner = lock.owner(state.number());
        if (owner == null) {
            return ", held by thread " + state.thread() + " of process " + state.pid();
        }
        final int times = lock.holdCount();
        return ", held by thread '" + owner.getName() + "' of this process " + state.pid()
                + (times > 1 ? " " + times + " times" : "");
    }

    /** {@return whether the calling thread had the lock and has it once more; false when it does not have it} */
    private boolean reenter(final long timeoutNs) {
        if (!lock.isHeldByCurrentThread()) {
            return false;
        }
        if (lock.isReentrant()) {
            lock.reenter();
            return true;
        }
        if (timeoutNs == 0) {
            return false;
        }
        throw new IllegalMonitorStateException(
                "the calling thread holds the lock '" + name + "', which is not reentrant, and would wait for itself");
    }

    /** Applies the policy to a grant, if there is one. */
    private boolean isUsable(final boolean granted) {
        if (!granted || abandonment == Abandonment.REPORT || !lock.isGrantAbandoned()) {
            return granted;
        }
        if (abandonment == Abandonment.POISON) {
            lock.release();
            throw new AbandonedLockException("an owner of the lock '" + name
                    + "' died inside, and nobody has repaired since; enter by lockForRepair() and markConsistent()");
        }
        if (repair != null) {
            repair();
        }
        return true;
    }

    private void repair() {
        boolean done = false;
        try {
            repair.run();
            lock.markConsistent();
            done = true;
        } finally {
            if (!done && lock.isHeldByCurrentThread()) {
                lock.release();
            }
        }
    }

    private static void checkNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
