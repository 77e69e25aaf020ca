package io.condatis.manager;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 6 of the semantics: no wake-up is lost. */
@Timeout(300)
@ExtendWith(LeakCheck.class)
class ManagedPulsesTest {
    private static final boolean IS_LONG = Boolean.getBoolean("condatis.long");
    private static final int PULSES = IS_LONG ? 10_000 : 500;
    private static final int PASSES = IS_LONG ? 1_000 : 100;
    private static final int PARTIES = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Manager manager;

    @BeforeEach
    void start() {
        manager = Manager.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        manager.close();
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(20, SECONDS));
    }

    @Test
    void shouldMissNoPulseHoweverShort() throws Exception {
        final ManagedEvent event = manager.event("event");
        final ManagedSemaphore seen = manager.semaphore("seen", 0);
        try (Manager other = Manager.connect(manager.name())) {
            final ManagedEvent same = other.event("event");
            final ManagedSemaphore acknowledged = other.semaphore("seen", 0);
            final AtomicBoolean isOver = new AtomicBoolean();
            final Future<?> waiter = threads.submit(() -> {
                while (!isOver.get()) {
                    same.await();
                    acknowledged.release();
                }
                return null;
            });
            for (int i = 0; i < PULSES; i++) {
                Await.until("somebody waits", () -> event.toString().contains("waiters"));
                drain(seen);
                isOver.set(i == PULSES - 1);
                event.set();
                event.clear();
                assertTrue(seen.tryAcquire(30, SECONDS), "lost pulse " + i);
            }
            waiter.get(30, SECONDS);
        }
    }

    /** The waiter may have passed twice before the event was cleared; what it says of that has come before it waits again. */
    private static void drain(final ManagedSemaphore seen) {
        boolean more = true;
        while (more) {
            more = seen.tryAcquire();
        }
    }

    @Test
    void shouldNumberThePartiesOfEachPassFromZero() throws Exception {
        final ManagedBarrier barrier = manager.barrier("barrier", PARTIES);
        final List<Future<List<Integer>>> parties = new ArrayList<>();
        for (int i = 0; i < PARTIES; i++) {
            parties.add(threads.submit(() -> {
                final List<Integer> indexes = new ArrayList<>();
                for (int pass = 0; pass < PASSES; pass++) {
                    indexes.add(barrier.await());
                }
                return indexes;
            }));
        }
        for (int pass = 0; pass < PASSES; pass++) {
            final BitSet indexes = new BitSet();
            for (final Future<List<Integer>> party : parties) {
                indexes.set(party.get().get(pass));
            }
            assertEquals(PARTIES, indexes.cardinality(), "pass " + pass + ": " + indexes);
            assertEquals(PARTIES, indexes.length());
        }
    }
}
