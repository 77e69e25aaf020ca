package io.condatis.internal.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeSliceTest {
    private static final long SHORT_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long LONG_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ByteBuffer word = ByteBuffer.allocateDirect(2 * Long.BYTES);
    private long usualNs;

    @BeforeEach
    void ask() throws Exception {
        usualNs = inNewThread(() -> new TimeSlice().ns());
        assumeTrue(usualNs > 0, "this kernel has no slices of single threads");
        assumeTrue(Futex.get().canWake(), "nobody sleeps in the kernel here");
    }

    @Test
    void shouldHalveTheSliceOfTheCallingThreadAlone() throws Exception {
        assertEquals(usualNs / 2, inNewThread(() -> {
            new TimeSlice().halve();
            return new TimeSlice().ns();
        }));
        assertEquals(usualNs, inNewThread(() -> new TimeSlice().ns()));
    }

    @Test
    void shouldHalveTheSliceOfWhoSleepsForLong() throws Exception {
        assertEquals(usualNs / 2, inNewThread(() -> sliceAfter(LONG_NS, LONG_NS)));
    }

    @Test
    void shouldLeaveTheSliceOfWhoSleepsForMoments() throws Exception {
        assertEquals(usualNs, inNewThread(() -> sliceAfter(SHORT_NS, SHORT_NS, SHORT_NS)));
    }

    private long sliceAfter(final long... sleepsNs) {
        for (final long sleepNs : sleepsNs) {
            Futex.get().await(BufferUtil.address(word) + 7 & ~7L, 0, sleepNs);
        }
        return new TimeSlice().ns();
    }

    private static long inNewThread(final Callable<Long> callable) throws Exception {
        final FutureTask<Long> task = new FutureTask<>(callable);
        new Thread(task).start();
        return task.get(10, TimeUnit.SECONDS);
    }
}
