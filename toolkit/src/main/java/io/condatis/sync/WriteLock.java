package io.condatis.sync;

import static io.condatis.sync.SharedReadWriteLock.reached;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The writer's side of a {@link SharedReadWriteLock}. */
final class WriteLock implements Lock {
    private final SharedReadWriteLock owner;
    private final SharedLock gate;
    private final ReaderCells cells;

    WriteLock(final SharedReadWriteLock owner) {
        this.owner = owner;
        this.gate = owner.gate();
        this.cells = owner.cells();
    }

    @Override
    public void lock() {
        gate.lock();
        boolean interrupted = false;
        try {
            while (drain(Long.MAX_VALUE) == Outcome.INTERRUPTED) {
                interrupted = true; // the status is clear now, so that the next sleep is one
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        gate.lockInterruptibly();
        drainInterruptibly(Long.MAX_VALUE);
    }

    @Override
    public boolean tryLock() {
        if (!gate.tryLock()) {
            return false;
        }
        if (drainAtOnce()) {
            return true;
        }
        gate.unlock();
        return false;
    }

    @Override
    public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException {
        final long startNs = System.nanoTime();
        final long timeoutNs = Sleeper.span(time, unit);
        return gate.tryLock(timeoutNs, TimeUnit.NANOSECONDS)
                && drainInterruptibly(timeoutNs - (System.nanoTime() - startNs));
    }

    @Override
    public void unlock() {
        if (!gate.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException("the calling thread does not hold the write lock of " + owner);
        }
        owner.stopWriting();
        gate.unlock();
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException(owner.name() + ": a read-write lock has no conditions");
    }

    @Override
    public String toString() {
        return owner.toString();
    }

    /** With the gate: waits until no reader is left; gives the gate up if it does not come to that. */
    private boolean drainInterruptibly(final long timeoutNs) throws InterruptedException {
        final Outcome outcome = drain(timeoutNs);
        if (outcome == Outcome.ACQUIRED) {
            return true;
        }
        gate.unlock();
        if (outcome == Outcome.INTERRUPTED) {
            throw new InterruptedException();
        }
        return false;
    }

    private boolean drainAtOnce() {
        owner.settleGate();
        boolean drained = cells.areEmpty();
        if (!drained) {
            cells.removeTheDead();
            drained = cells.areEmpty();
        }
        if (drained) {
            owner.startWriting();
        }
        return drained;
    }

    /** With the gate: waits until no reader is left, the time is up or the thread is interrupted. */
    private Outcome drain(final long timeoutNs) {
        reached("rwlock.gated");
        if (drainAtOnce()) {
            return Outcome.ACQUIRED;
        }
        checkUpgrade();
        final long startNs = System.nanoTime();
        while (true) {
            final int word = cells.announce();
            reached("rwlock.draining");
            cells.removeTheDead();
            if (cells.areEmpty()) {
                owner.countWait(System.nanoTime() - startNs);
                owner.startWriting();
                return Outcome.ACQUIRED;
            }
            final Outcome outcome = cells.sleep(word, timeoutNs - (System.nanoTime() - startNs), owner);
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private void checkUpgrade() {
        if (cells.find(owner.token(ThreadOrdinal.current()), ReaderCells.NONE) != ReaderCells.NONE) {
            gate.unlock();
            throw new IllegalMonitorStateException(
                    "the calling thread would wait for itself: it holds the read lock of " + owner);
        }
    }
}
