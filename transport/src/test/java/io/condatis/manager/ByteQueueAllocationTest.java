package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The zero-copy path allocates nothing for an item, neither where it is put nor where it is taken. */
@Timeout(60)
class ByteQueueAllocationTest {
    private static final int ITEMS = 100;
    private static final int ROUNDS = 3_000;

    private final UnsafeBuffer item = new UnsafeBuffer(new byte[100]);
    private long taken;

    @Test
    void shouldAllocateNothingWhenItemsArePutAndDrained() {
        try (Manager manager = Manager.start()) {
            assertEquals(0, leastPerRound(manager.<byte[]>joinableQueue(0).bytes()), "joinable");
            assertEquals(0, leastPerRound(manager.<byte[]>queue(0).bytes()), "plain");
        }
    }

    /**
     * Bytes for a round of items that are put and drained. The JVM allocates too, now and then, and so does a park on some
     * JDKs when the server was kept waiting for a core: what counts is the quietest round.
     */
    private long leastPerRound(final ByteQueue queue) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final ByteQueue.Handler handler = (buffer, offset, length) -> taken += length;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ITEMS; i++) {
                queue.offer(item, 0, 100);
            }
            drain(queue, handler);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(100L * ITEMS * ROUNDS, taken);
        taken = 0;
        return least;
    }

    private static void drain(final ByteQueue queue, final ByteQueue.Handler handler) {
        int count = 0;
        do {
            count = queue.drain(handler, 64);
        } while (count > 0);
    }
}
