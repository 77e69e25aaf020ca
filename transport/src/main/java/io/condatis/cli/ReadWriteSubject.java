package io.condatis.cli;

import io.condatis.sync.SharedReadWriteLock;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A read-write lock around two counters that readers find equal, unless a writer was killed. */
final class ReadWriteSubject extends TortureSubject {
    private static final int FIRST = 0;
    private static final int SECOND = 16;

    private final SharedReadWriteLock lock;

    ReadWriteSubject(final TortureTally tally, final SharedReadWriteLock lock) {
        super(tally);
        this.lock = lock;
    }

    @Override
    void round(final int victim, final Random random) throws InterruptedException {
        final boolean writes = random.nextInt(4) == 0;
        final long startNs = System.nanoTime();
        final boolean held = (writes ? lock.writeLock() : lock.readLock()).tryLock(STUCK_S, TimeUnit.SECONDS);
        final long waitedNs = System.nanoTime() - startNs;
        if (!held) {
            tally.violation("could not be had for " + STUCK_S + " s: " + lock);
        } else if (writes) {
            write();
            lock.writeLock().unlock();
        } else {
            read();
            lock.readLock().unlock();
        }
        tally.operation(waitedNs);
    }

    @Override
    void outside(final Random random) throws InterruptedException {
        round(0, random);
    }

    @Override
    void verify() throws InterruptedException {
        if (!lock.writeLock().tryLock(1, TimeUnit.SECONDS)) {
            tally.violation("the dead still have it: " + lock);
            return;
        }
        write();
        lock.writeLock().unlock();
        if (lock.readers() != 0) {
            tally.violation("cells of dead readers are left: " + lock);
        }
    }

    private void write() {
        if (lock.isAbandoned()) {
            tally.recovery();
            tally.words().set(SECOND, tally.words().get(FIRST));
            lock.markConsistent();
        }
        checkEqual();
        tally.words().set(FIRST, tally.words().get(FIRST) + 1);
        tally.words().set(SECOND, tally.words().get(SECOND) + 1);
    }

    private void read() {
        if (!lock.isAbandoned()) {
            checkEqual();
            Thread.onSpinWait();
            checkEqual();
        }
    }

    private void checkEqual() {
        final long first = tally.words().get(FIRST);
        final long second = tally.words().get(SECOND);
        if (first != second) {
            tally.violation("counters are " + first + " and " + second + ": " + lock);
        }
    }
}
