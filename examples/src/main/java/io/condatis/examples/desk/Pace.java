package io.condatis.examples.desk;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When each trade should be put. With a rate this is fixed from the first trade on, whatever holds the feed up: latency
 * counted from there includes what a trade waited because others before it were late.
 */
final class Pace {
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double ratePerSecond;
    private final long startNs;

    /** A rate of 0 is as fast as possible. */
    Pace(final double ratePerSecond, final long startNs) {
        this.ratePerSecond = ratePerSecond;
        this.startNs = startNs;
    }

    /** Waits until a trade is due and returns when that is. */
    long awaitDue(final long sequence) {
        if (ratePerSecond == 0) {
            return System.nanoTime();
        }
        final long dueNs = dueNs(sequence);
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
        return dueNs;
    }

    long dueNs(final long sequence) {
        return startNs + (long) (sequence * (NS_PER_SECOND / ratePerSecond));
    }
}
