package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.Futex;
import io.condatis.testing.Await;
import io.condatis.testing.KernelThread;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The race between a permit that is given back and a waiter that announces itself, nanoseconds wide: the one must see the
 * waiter or the other the permit. Most races are about the moment at which a waiter that does not spin announces itself.
 */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class PermitFenceTest {
    private static final int RACES = 150_000;
    private static final int SPINS = 1_000;
    private static final int LONGEST_PAUSES = 11;

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicReference<KernelThread> sleeper = new AtomicReference<>();
    private SharedObjects shared;
    private SharedBoundedSemaphore semaphore;

    @BeforeEach
    void createSemaphore() {
        assumeTrue(Futex.get().canWake() && DeathWatch.get() != null, "nobody is woken here");
        shared = SharedObjects.create(Names.unique());
        semaphore = shared.boundedSemaphore("bounded", 1);
    }

    @AfterEach
    void closeRegion() {
        if (shared != null) {
            shared.close();
        }
    }

    @Test
    void shouldSeeTheWaiterOrBeSeenWhenAPermitIsGivenBack() throws Exception {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final FutureTask<Void> waiter = new FutureTask<>(this::passAll, null);
        new Thread(waiter).start();
        Await.until("it has started", () -> sleeper.get() != null || waiter.isDone());
        for (int race = 1; race <= RACES && !waiter.isDone(); race++) {
            final int current = race;
            semaphore.acquire();
            taken.set(race);
            pause(random.nextInt(1 << random.nextInt(LONGEST_PAUSES)));
            semaphore.release();
            assertFalse(
                    sleeper.get().oversleeps(() -> passed.get() < current && !waiter.isDone()),
                    "race " + race + ": nobody woke a thread that slept on a permit, seed=" + seed);
        }
        waiter.get(10, TimeUnit.SECONDS);
    }

    private void passAll() {
        sleeper.set(KernelThread.current());
        for (int race = 1; race <= RACES; race++) {
            for (int i = 0; taken.get() < race; i++) {
                if (i < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            semaphore.acquireUninterruptibly();
            semaphore.release();
            passed.set(race);
        }
    }

    /** So many times about a nanosecond. */
    private static void pause(final int steps) {
        for (int i = steps; i > 0; i--) {
            Math.fma(i, i, i);
        }
    }
}
