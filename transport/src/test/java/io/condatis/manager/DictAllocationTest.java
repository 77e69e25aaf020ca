package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a client's thread allocates for a call once both sides are warm. */
class DictAllocationTest {
    private static final int ROUNDS = 12;
    private static final int CALLS = 20_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingForLongsUnderATextThatIsReused() {
        try (Manager manager = Manager.start()) {
            final SharedDict<String, Long> dict = manager.dict("counters");
            dict.putLong("orders", 1);

            assertNothing("getLong", () -> dict.getLong("orders", 0));
            assertNothing("putLong", () -> dict.putLong("orders", 1L << 40));
            assertNothing("addAndGet", () -> dict.addAndGet("orders", 1L << 40));
        }
    }

    @Test
    void shouldAllocateNothingForElementsOfAnArray() {
        try (Manager manager = Manager.start()) {
            final SharedArray array = manager.array('q', 4);

            assertNothing("getLong", () -> array.getLong(1));
            assertNothing("setLong", () -> array.setLong(1, 1L << 40));
            assertNothing("addAndGet", () -> array.addAndGet(1, 1L << 40));
        }
    }

    private static void assertNothing(final String what, final Runnable call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
        }
        assertEquals(0, least, "bytes for each " + what);
    }
}
