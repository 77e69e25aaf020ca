package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RoundTripsTest {
    private static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void shouldCountWhatOneLateCallMakesTheNextOnesWait() {
        final int[] calls = new int[1];
        final TrialPlan plan = new TrialPlan(0, 2 * STALL_NS, "");

        final Histogram histogram = new RoundTrips(() -> stallOnce(calls))
                .paced(plan, TimeUnit.MILLISECONDS.toNanos(1))
                .histogram();

        // The calls that were due while the first one lasted waited 20, 19, 18 ... ms; timed alone all would be short.
        final long late = histogram.getCountBetweenValues(STALL_NS / 2, RoundTrips.LONGEST_NS);
        assertTrue(late >= 10, () -> late + " of " + histogram.getTotalCount() + " calls were late");
        assertTrue(histogram.getTotalCount() >= 40, () -> histogram.getTotalCount() + " calls");
    }

    @Test
    void shouldAddUpWhatIsRecordedInTurnsAndForgetTheWarmUp() {
        final long[] calls = new long[1];
        final RoundTrips trips = new RoundTrips(() -> calls[0]++);
        trips.warmUp(1);
        final long before = calls[0];
        trips.record(1);
        trips.record(1);

        assertEquals(calls[0] - before, trips.result().histogram().getTotalCount());
        assertTrue(trips.result().number(RoundTrips.PER_SECOND) > 0);
    }

    private static void stallOnce(final int[] calls) {
        if (calls[0]++ == 0) {
            final long endNs = System.nanoTime() + STALL_NS;
            while (System.nanoTime() - endNs < 0) {
                LockSupport.parkNanos(endNs - System.nanoTime());
            }
        }
    }
}
