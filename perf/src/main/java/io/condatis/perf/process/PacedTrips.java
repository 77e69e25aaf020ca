package io.condatis.perf.process;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Times a call that is due again and again at fixed moments, whether the one before has ended or not (open loop). A sample is
 * from when the call was due until it had ended: what one call makes the next ones wait counts for these. The thread spins
 * until a call is due, so as to be there in time.
 */
final class PacedTrips {
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Runnable call;
    private final long intervalNs;

    PacedTrips(final Runnable call, final int perSecond) {
        this.call = call;
        this.intervalNs = Math.round(NS_PER_SECOND / perSecond);
    }

    /** Calls at the rate until it is warm, forgets that, and calls and records for as long as the plan says. */
    TrialResult measure(final TrialPlan plan) {
        pace(plan.warmupNs(), RoundTrips.newHistogram());
        final Histogram histogram = RoundTrips.newHistogram();
        final double perSecond = pace(plan.measureNs(), histogram);
        return new TrialResult(histogram, Map.of(RoundTrips.PER_SECOND, perSecond));
    }

    /** {@return the calls a second that there were} */
    private double pace(final long durationNs, final Histogram histogram) {
        final long startNs = System.nanoTime();
        long dueNs = startNs;
        long calls = 0;
        while (dueNs - startNs < durationNs) {
            while (System.nanoTime() - dueNs < 0) {
                Thread.onSpinWait();
            }
            call.run();
            calls++;
            histogram.recordValue(Math.min(RoundTrips.LONGEST_NS, System.nanoTime() - dueNs));
            dueNs += intervalNs;
        }
        return calls / ((System.nanoTime() - startNs) / NS_PER_SECOND);
    }
}
