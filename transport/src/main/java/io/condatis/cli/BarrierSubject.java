package io.condatis.cli;

import io.condatis.sync.SharedBarrier;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * A barrier for all victims. Arrivals, trips (by the action) and passes are counted in this order, so that there are never
 * more passes than trips times parties, nor more of these than arrivals. Whoever finds it broken resets it.
 */
final class BarrierSubject extends TortureSubject {
    private static final int ARRIVALS = 0;
    private static final int TRIPS = 16;
    private static final int PASSES = 32;

    /** Longer than elsewhere: it contains the start of whoever is missing. */
    private static final long LONGEST_S = 2 * STUCK_S;

    private final SharedBarrier barrier;

    BarrierSubject(final TortureTally tally, final SharedBarrier barrier) {
        super(tally);
        this.barrier = barrier.withAction(() -> tally.words().incrementAndGet(TRIPS));
    }

    @Override
    int threads() {
        return 1;
    }

    @Override
    boolean needsEverybody() {
        return true;
    }

    @Override
    void round(final int victim, final Random random) throws InterruptedException {
        tally.words().incrementAndGet(ARRIVALS);
        final long startNs = System.nanoTime();
        try {
            barrier.await(LONGEST_S, TimeUnit.SECONDS);
            final long passes = tally.words().incrementAndGet(PASSES);
            final long released = tally.words().get(TRIPS) * barrier.parties();
            if (passes > released || released > tally.words().get(ARRIVALS)) {
                tally.violation(passes + " passed, " + released + " were released: " + barrier);
            }
            tally.operation(System.nanoTime() - startNs);
        } catch (final BrokenBarrierException e) {
            if (System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(LONGEST_S)) {
                tally.violation("waited " + LONGEST_S + " s: " + barrier);
            }
            tally.recovery();
            if (barrier.isBroken()) {
                barrier.reset();
            }
        }
    }

    @Override
    void outside(final Random random) {
        if (barrier.waiting() > barrier.parties()) {
            tally.violation("too many wait: " + barrier);
        }
    }

    @Override
    void verify() throws InterruptedException {
        barrier.reset();
        final Thread[] parties = new Thread[barrier.parties()];
        final long before = tally.words().get(PASSES);
        for (int i = 0; i < parties.length; i++) {
            parties[i] = new Thread(() -> {
                try {
                    round(0, null);
                } catch (final InterruptedException e) {
                    tally.violation("interrupted at the end: " + barrier);
                }
            });
            parties[i].start();
        }
        for (final Thread party : parties) {
            party.join();
        }
        if (tally.words().get(PASSES) - before != parties.length) {
            tally.violation("not everybody passed in the end: " + barrier);
        }
    }
}
