package io.condatis.perf.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Times a call again and again on one thread. In a closed loop, one after the other, it shows how long the call takes. At a
 * fixed rate each sample begins when its call was due, whether or not the one before it had ended by then: so what waits
 * behind a slow call counts as slow. Each sample includes one reading of the clock.
 */
public final class RoundTrips implements TurnTaker {
    /** Name of the number of calls in a second. */
    public static final String PER_SECOND = "perSecond";

    static final String BYTES_PER_CALL = "bytesPerCall";

    /** Longer calls are recorded as this long. */
    static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long WAKE_EARLIER_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int DIGITS = 3;
    private static final int ROUND = 100;

    private final Runnable call;
    private final TurnTimes times = new TurnTimes();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long calls;
    private long recordedNs;
    private long allocatedBytes;

    /**
     * Calls nothing yet.
     *
     * @param call to be timed
     */
    public RoundTrips(final Runnable call) {
        this.call = call;
    }

    /** {@return an empty histogram of nanoseconds} */
    public static Histogram newHistogram() {
        return new Histogram(1, LONGEST_NS, DIGITS);
    }

    @Override
    public void warmUp(final long durationNs) {
        rounds(durationNs);
        times.forgetTurn();
        threads.getCurrentThreadAllocatedBytes();
    }

    @Override
    public void record(final long durationNs) {
        final long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        final long startNs = System.nanoTime();
        calls += rounds(durationNs);
        recordedNs += System.nanoTime() - startNs;
        allocatedBytes += threads.getCurrentThreadAllocatedBytes() - bytesBefore;
        times.endTurn();
    }

    /** {@return the latencies of what was recorded, calls in a second, and what they allocated} */
    @Override
    public TrialResult result() {
        final double seconds = recordedNs / (double) TimeUnit.SECONDS.toNanos(1);
        return times.result(Map.of(PER_SECOND, calls / seconds, BYTES_PER_CALL, allocatedBytes / (double) calls));
    }

    /**
     * Calls until it is warm, forgets that, and calls and records for as long as the plan says.
     *
     * @param plan says how long
     * @return the latencies, calls in a second, and what they allocated
     */
    public TrialResult measure(final TrialPlan plan) {
        warmUp(plan.warmupNs());
        for (int turn = 0; turn < plan.turns(); turn++) {
            record(plan.turnNs());
        }
        return result();
    }

    /** Calls at a fixed rate and records for as long as the plan says, after {@link #measure} has made it warm. */
    TrialResult paced(final TrialPlan plan, final long intervalNs) {
        final Histogram fromDue = newHistogram();
        final long startNs = System.nanoTime();
        long dueNs = startNs;
        while (dueNs - startNs < plan.measureNs()) {
            awaitDue(dueNs);
            call.run();
            fromDue.recordValue(Math.min(LONGEST_NS, System.nanoTime() - dueNs));
            dueNs += intervalNs;
        }
        return new TrialResult(fromDue, Map.of());
    }

    /** A timer of the kernel is some 60 us late: sleep until shortly before. */
    private static void awaitDue(final long dueNs) {
        long leftNs = dueNs - System.nanoTime();
        while (leftNs > 0) {
            if (leftNs > WAKE_EARLIER_NS) {
                LockSupport.parkNanos(leftNs - WAKE_EARLIER_NS);
            } else {
                Thread.yield();
            }
            leftNs = dueNs - System.nanoTime();
        }
    }

    private long rounds(final long durationNs) {
        final long startNs = System.nanoTime();
        long made = 0;
        do {
            round();
            made += ROUND;
        } while (System.nanoTime() - startNs < durationNs);
        return made;
    }

    private void round() {
        for (int i = 0; i < ROUND; i++) {
            final long startNs = System.nanoTime();
            call.run();
            times.add(System.nanoTime() - startNs);
        }
    }
}
