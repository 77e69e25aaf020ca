package io.condatis.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.condatis.SharedObjects;
import io.condatis.list.ShareableList;
import io.condatis.manager.Manager;
import io.condatis.memory.SharedMemory;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing of {@link SteadyState} allocates. What counts is the thread's own counter, not time. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class SteadyStateTest {
    private static final int ROUNDS = 200;
    private static final int CALLS = 200;
    private static final int MEMORY_LENGTH = 256;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Object seen;

    @Test
    void shouldAllocateNothingWhenObjectsInSharedMemoryAreUsed() {
        try (SharedObjects shared = SharedObjects.create(Names.unique());
                ShareableList list = ShareableList.create(SteadyState.items());
                SharedMemory memory = SharedMemory.create(MEMORY_LENGTH)) {
            final Map<String, Runnable> operations = SteadyState.of(shared, list, memory);
            assertTrue(operations.size() > 25, operations.keySet()::toString);
            operations.forEach(this::assertNothing);
            list.sharedMemory().unlink();
            memory.unlink();
        }
    }

    @Test
    void shouldAllocateNothingWhenObjectsOfAManagerAreUsed() {
        try (Manager manager = Manager.start()) {
            final Map<String, Runnable> operations = SteadyState.of(manager);
            assertTrue(operations.size() > 10, operations.keySet()::toString);
            operations.forEach(this::assertNothing);
        }
    }

    @Test
    void shouldNoticeWhenAnOperationAllocatesOnceInAHundredCalls() {
        final int[] calls = new int[1];
        final AssertionError failure = assertThrows(
                AssertionError.class,
                () -> assertNothing("new byte[16]", () -> {
                    if (calls[0]++ % 100 == 0) {
                        seen = new byte[16];
                    }
                }));
        assertTrue(failure.getMessage().startsWith("new byte[16] allocates"), failure.getMessage());
        assertEquals(ROUNDS * CALLS, calls[0]);
    }

    /**
     * The JVM itself may allocate on this thread, when it links or compiles, and so may a call that is kept waiting for a
     * core. An operation that allocates does so in each round; one round without is proof that it need not.
     */
    private void assertNothing(final String name, final Runnable operation) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                operation.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        final long bytes = least;
        assertEquals(0, bytes, () -> name + " allocates " + bytes + " bytes in " + CALLS + " calls");
    }
}
