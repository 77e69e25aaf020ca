package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.testing.LeakCheck;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What nobody has to wait for allocates nothing in the client. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class ManagedSyncAllocationTest {
    private static final int ROUNDS = 12;
    private static final int OPERATIONS = 4_000;

    @Test
    void shouldAllocateNothingWhenNobodyHasToWait() {
        try (Manager manager = Manager.start()) {
            final ManagedLock lock = manager.lock("lock");
            final ManagedLock reentrant = manager.reentrantLock("reentrant");
            final ManagedSemaphore semaphore = manager.boundedSemaphore("semaphore", 1);
            assertEquals(0, bytes(() -> {
                lock.lock();
                lock.unlock();
            }));
            assertEquals(0, bytes(() -> {
                reentrant.lock();
                reentrant.tryLock();
                reentrant.unlock();
                reentrant.unlock();
            }));
            assertEquals(0, bytes(() -> {
                semaphore.tryAcquire();
                semaphore.release();
            }));
        }
    }

    /** Bytes an operation, in the best of several rounds, as the JVM itself allocates now and then. */
    private static long bytes(final Runnable operation) {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / OPERATIONS);
        }
        return least;
    }
}
