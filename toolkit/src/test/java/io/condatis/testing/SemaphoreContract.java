package io.condatis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.SyncFlavour.AnySemaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's {@code _TestSemaphore}, for every way of sharing semaphores. */
@Timeout(60)
public abstract class SemaphoreContract {
    private SyncFlavour flavour;

    /** {@return a new place for primitives} */
    protected abstract SyncFlavour create();

    @BeforeEach
    void createFlavour() {
        flavour = create();
    }

    @AfterEach
    void closeFlavour() {
        flavour.close();
    }

    /** {@code test_semaphore}. */
    @Test
    void shouldGrowWhenReleasedMoreOftenThanAcquired() {
        final AnySemaphore semaphore = flavour.semaphore("semaphore", 2);
        assertWalksDownAndUp(semaphore);
        semaphore.release();
        assertEquals(3, semaphore.availablePermits());
        semaphore.release();
        assertEquals(4, semaphore.availablePermits());
    }

    /** {@code test_bounded_semaphore}, with the check that is commented out in CPython. */
    @Test
    void shouldRefuseToGrowWhenBounded() {
        final AnySemaphore semaphore = flavour.boundedSemaphore("bounded2", 2);
        assertWalksDownAndUp(semaphore);
        assertThrows(IllegalStateException.class, semaphore::release);
        assertEquals(2, semaphore.availablePermits());
    }

    /** {@code test_timeout}. */
    @Test
    void shouldGiveUpInTimeWhenThereIsNoPermit() throws InterruptedException {
        final AnySemaphore semaphore = flavour.semaphore("semaphore", 0);
        assertFalse(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire(0, TimeUnit.SECONDS));
        assertFalse(semaphore.tryAcquire(-1, TimeUnit.SECONDS));
        final long startNs = System.nanoTime();
        assertFalse(semaphore.tryAcquire(200, TimeUnit.MILLISECONDS));
        final long waitedMs = (System.nanoTime() - startNs) / 1_000_000;
        assertTrue(waitedMs >= 200 && waitedMs < 5_000, "waited " + waitedMs + " ms");
    }

    /** A permit passes from one process to another. */
    @Test
    void shouldWakeAWaiterOfAnotherProcessWhenReleased() {
        final AnySemaphore semaphore = flavour.semaphore("semaphore", 0);
        try (SyncPeers peers = new SyncPeers(flavour)) {
            final ForkedJvm child = peers.joined();
            child.send("acquire semaphore");
            Await.until("the child waits", () -> semaphore.toString().contains("waiters"));
            semaphore.release();
            child.awaitLine("acquire semaphore true", Await.DEADLINE);
            assertEquals("0", SyncPeers.ask(child, "available semaphore"));
        }
    }

    private static void assertWalksDownAndUp(final AnySemaphore semaphore) {
        assertEquals(2, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire());
        assertEquals(1, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire());
        assertEquals(0, semaphore.availablePermits());
        assertFalse(semaphore.tryAcquire());
        semaphore.release();
        assertEquals(1, semaphore.availablePermits());
        semaphore.release();
        assertEquals(2, semaphore.availablePermits());
    }
}
