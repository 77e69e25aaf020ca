package io.condatis.cli;

import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReentrantLock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/**
 * A lock around two counters that are equal whenever nobody is inside, unless somebody was killed there. Each pass is also
 * counted when it is over, so that the counters may be ahead of that by the kills at most.
 */
final class SectionSubject extends TortureSubject {
    private static final int FIRST = 0;
    private static final int SECOND = 16;
    private static final int INSIDE = 32;
    private static final int DONE = 48;

    private final Lock lock;
    private final BooleanSupplier abandoned;
    private final Runnable markConsistent;
    private final int levels;

    SectionSubject(final TortureTally tally, final SharedLock lock) {
        this(tally, lock, lock::isAbandoned, lock::markConsistent, 1);
    }

    SectionSubject(final TortureTally tally, final SharedReentrantLock lock) {
        this(tally, lock, lock::isAbandoned, lock::markConsistent, 3);
    }

    private SectionSubject(
            final TortureTally tally,
            final Lock lock,
            final BooleanSupplier abandoned,
            final Runnable markConsistent,
            final int levels) {
        super(tally);
        this.lock = lock;
        this.abandoned = abandoned;
        this.markConsistent = markConsistent;
        this.levels = levels;
    }

    @Override
    void round(final int victim, final Random random) {
        final long startNs = System.nanoTime();
        lock.lock();
        final long waitedNs = System.nanoTime() - startNs;
        for (int i = 1; i < levels; i++) {
            lock.lock();
        }
        pass(Thread.currentThread().getId() << 32 | ProcessHandle.current().pid());
        for (int i = 0; i < levels; i++) {
            lock.unlock();
        }
        tally.words().incrementAndGet(DONE);
        tally.operation(waitedNs);
    }

    @Override
    void outside(final Random random) throws InterruptedException {
        if (!lock.tryLock(STUCK_S, TimeUnit.SECONDS)) {
            tally.violation("the lock could not be had for " + STUCK_S + " s: " + lock);
            return;
        }
        pass(-1);
        lock.unlock();
        tally.words().incrementAndGet(DONE);
    }

    @Override
    void verify() throws InterruptedException {
        outside(null);
        final long ahead = tally.words().get(FIRST) - tally.words().get(DONE);
        if (ahead < 0 || ahead > tally.kills().get() * threads()) {
            tally.violation("the counter is ahead of the passes by " + ahead);
        }
    }

    private void pass(final long me) {
        if (abandoned.getAsBoolean()) {
            tally.recovery();
            tally.words().set(SECOND, tally.words().get(FIRST));
            tally.words().set(INSIDE, 0);
            markConsistent.run();
        } else if (tally.words().get(FIRST) != tally.words().get(SECOND)
                || tally.words().get(INSIDE) != 0) {
            tally.violation("the section was not empty or its state was torn: " + lock);
        }
        tally.words().set(INSIDE, me);
        tally.words().set(FIRST, tally.words().get(FIRST) + 1);
        tally.words().set(SECOND, tally.words().get(SECOND) + 1);
        if (tally.words().get(INSIDE) != me) {
            tally.violation("two were inside: " + lock);
        }
        tally.words().set(INSIDE, 0);
    }
}
