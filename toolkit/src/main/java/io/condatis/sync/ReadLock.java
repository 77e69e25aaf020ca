package io.condatis.sync;

import static io.condatis.sync.SharedReadWriteLock.reached;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The readers' side of a {@link SharedReadWriteLock}. */
final class ReadLock implements Lock {
    private static final int NONE = ReaderCells.NONE;
    private static final int TRIES = Runtime.getRuntime().availableProcessors() == 1 ? 1 : 100;

    private final SharedReadWriteLock owner;
    private final SharedLock gate;
    private final ReaderCells cells;

    ReadLock(final SharedReadWriteLock owner) {
        this.owner = owner;
        this.gate = owner.gate();
        this.cells = owner.cells();
    }

    @Override
    public void lock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = owner.token(thread);
        if (!enter(token)) {
            gate.lock();
            boolean interrupted = false;
            while (passGate(token, Long.MAX_VALUE) == Outcome.INTERRUPTED) {
                interrupted = true; // the status is clear now, so that the next sleep is one
            }
            gate.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        entered(thread);
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        tryLock(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean tryLock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = owner.token(thread);
        for (int i = 0; i < TRIES; i++) {
            if (enter(token)) {
                entered(thread);
                return true;
            }
            if (gate.tryLock()) { // free again, or its owner is dead
                final boolean passed = passGate(token, 0) == Outcome.ACQUIRED;
                gate.unlock();
                if (passed) {
                    entered(thread);
                }
                return passed;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    @Override
    public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException {
        final long startNs = System.nanoTime();
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = owner.token(thread);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!enter(token)) {
            final long timeoutNs = Sleeper.span(time, unit);
            if (!gate.tryLock(timeoutNs, TimeUnit.NANOSECONDS)) {
                return false;
            }
            final Outcome outcome = passGate(token, timeoutNs - (System.nanoTime() - startNs));
            gate.unlock();
            if (outcome == Outcome.INTERRUPTED) {
                throw new InterruptedException();
            }
            if (outcome == Outcome.TIMED_OUT) {
                return false;
            }
        }
        entered(thread);
        return true;
    }

    @Override
    public void unlock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = owner.token(thread);
        final int cell = cells.find(token, NONE);
        if (cell == NONE) {
            throw new IllegalMonitorStateException("the calling thread does not hold the read lock of " + owner);
        }
        cells.leave(cell, token);
        thread.released();
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException(owner.name() + ": a read-write lock has no conditions");
    }

    @Override
    public String toString() {
        return owner.toString();
    }

    /** Takes a cell first and looks at the gate second; whoever may not stay takes it back. */
    private boolean enter(final long token) {
        final int cell = cells.enter(token);
        if (cell == NONE) {
            if (cells.find(token, NONE) != NONE) {
                throw new IllegalStateException("no room to read once more than " + owner.maxReaders()
                        + " times: the calling thread holds the read lock of " + owner + " already");
            }
            return false;
        }
        reached("rwlock.entering");
        if (!gate.isLocked() || gate.isHeldByCurrentThread() || cells.find(token, cell) != NONE) {
            return true;
        }
        cells.leave(cell, token);
        return false;
    }

    /** With the gate, so that no writer is inside: takes a cell, waiting for one if need be. */
    private Outcome passGate(final long token, final long timeoutNs) {
        owner.settleGate();
        reached("rwlock.passing");
        final long startNs = System.nanoTime();
        while (cells.enter(token) == NONE) {
            final int word = cells.announce();
            cells.removeTheDead();
            if (cells.count() == cells.length()) {
                final Outcome outcome = cells.sleep(word, timeoutNs - (System.nanoTime() - startNs), owner);
                if (outcome != null) {
                    return outcome;
                }
            }
        }
        return Outcome.ACQUIRED;
    }

    private void entered(final ThreadOrdinal thread) {
        thread.acquired();
        reached("rwlock.reading");
    }
}
