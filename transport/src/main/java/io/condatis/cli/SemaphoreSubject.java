package io.condatis.cli;

import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedSemaphore;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A semaphore of two permits; the unbounded one begins with one and is given its second by the witness. Who has a permit
 * leaves a mark; while no kill is under way there are never more marks than permits. In the end every permit is there again.
 */
final class SemaphoreSubject extends TortureSubject {
    static final int PERMITS = 2;

    private static final int BURIED = 0;
    private static final int MOVES = 16;
    private static final int MARKS = 64;

    private final Semaphore semaphore;

    SemaphoreSubject(final TortureTally tally, final SharedBoundedSemaphore semaphore) {
        super(tally);
        this.semaphore = new Bounded(semaphore);
    }

    SemaphoreSubject(final TortureTally tally, final SharedSemaphore semaphore) {
        super(tally);
        this.semaphore = new Unbounded(semaphore);
    }

    @Override
    void round(final int victim, final Random random) throws InterruptedException {
        final long startNs = System.nanoTime();
        if (!semaphore.tryAcquire(STUCK_S, TimeUnit.SECONDS)) {
            tally.violation("no permit for " + STUCK_S + " s: " + semaphore);
            return;
        }
        final long waitedNs = System.nanoTime() - startNs;
        final int mark = MARKS + victim;
        tally.words().incrementAndGet(MOVES);
        tally.words().incrementAndGet(mark);
        checkMarks();
        tally.words().incrementAndGet(MOVES);
        tally.words().getAndAdd(mark, -1);
        semaphore.release();
        tally.operation(waitedNs);
    }

    @Override
    void outside(final Random random) throws InterruptedException {
        semaphore.complete();
        if (!semaphore.tryAcquire(STUCK_S, TimeUnit.SECONDS)) {
            tally.violation("no permit for " + STUCK_S + " s: " + semaphore);
            return;
        }
        semaphore.release();
    }

    @Override
    void verify() throws InterruptedException {
        for (int i = 0; i < PERMITS; i++) {
            if (!semaphore.tryAcquire(1, TimeUnit.SECONDS)) {
                tally.violation("a permit of the dead did not come back: " + semaphore);
            }
        }
        if (semaphore.tryAcquire()) {
            tally.violation("there is a permit too many: " + semaphore);
        }
        tally.recoveries(semaphore.recoveries());
    }

    @Override
    void buried(final int victim) {
        tally.words().set(MARKS + victim, 0);
        tally.words().incrementAndGet(BURIED);
    }

    private void checkMarks() {
        final long kills = tally.kills().get();
        final long moves = tally.words().get(MOVES);
        if (tally.words().get(BURIED) != kills) {
            return; // marks of the dead are about
        }
        long marks = 0;
        for (int i = 0; i < TortureTally.MAX_VICTIMS; i++) {
            marks += tally.words().get(MARKS + i);
        }
        // Whoever is counted had its permit before the first look at moves, if that is still the same.
        if (marks > PERMITS
                && tally.words().get(MOVES) == moves
                && tally.kills().get() == kills) {
            tally.violation(marks + " have permits: " + semaphore);
        }
    }

    /** What both kinds have in common. */
    private interface Semaphore {
        boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException;

        boolean tryAcquire();

        void release();

        long recoveries();

        /** Sees to it that there are all permits. Only for the witness, while it has none. */
        void complete();
    }

    private record Bounded(SharedBoundedSemaphore semaphore) implements Semaphore {
        @Override
        public boolean tryAcquire(final long time, final TimeUnit unit) throws InterruptedException {
            return semaphore.tryAcquire(time, unit);
        }

        @Override
        public boolean tryAcquire() {
            return semaphore.tryAcquire();
        }

        @Override
        public void release() {
            semaphore.release();
        }

        @Override
        public long recoveries() {
            return semaphore.recoveries();
        }

        @Override
        public void complete() {
            // it has them from the start
        }
    }

    private record Unbounded(SharedSemaphore semaphore) implements Semaphore {
        @Override
        public boolean tryAcquire(final long time, final TimeUnit unit) throws InterruptedException {
            return semaphore.tryAcquire(time, unit);
        }

        @Override
        public boolean tryAcquire() {
            return semaphore.tryAcquire();
        }

        @Override
        public void release() {
            semaphore.release();
        }

        @Override
        public long recoveries() {
            return semaphore.recoveries();
        }

        @Override
        public void complete() {
            try {
                semaphore.release();
            } catch (final IllegalStateException e) {
                return; // there are all of them already
            }
        }
    }
}
