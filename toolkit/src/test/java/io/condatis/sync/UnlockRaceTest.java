package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.Futex;
import io.condatis.testing.Await;
import io.condatis.testing.KernelThread;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two threads lock and unlock without end and share one processor, so each of them is stopped again and again in the middle
 * of an unlock while the other one announces itself and falls asleep: the unlock may not wipe the announcement out.
 */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class UnlockRaceTest {
    private static final int LAST = Integer.MAX_VALUE;
    private static final int BURST = 100;

    /** Shorter than the shortest sleep, so that who oversleeps does so still when the burst is over. */
    private static final long BURST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long DISTURBANCE_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LENGTH_NS = TimeUnit.SECONDS.toNanos(5);

    private final AtomicReference<KernelThread> sleeper = new AtomicReference<>();
    private volatile int race;
    private volatile int over;
    private volatile int passed;
    private SharedObjects shared;

    @BeforeEach
    void createRegion() throws Exception {
        assumeTrue(Futex.get().canWake() && DeathWatch.get() != null, "nobody is woken here");
        final FutureTask<Boolean> probe = new FutureTask<>(UnlockRaceTest::pin);
        new Thread(probe).start();
        assumeTrue(probe.get(20, TimeUnit.SECONDS), "threads cannot be kept on one processor here");
        shared = SharedObjects.create(Names.unique());
    }

    @AfterEach
    void closeRegion() {
        if (shared != null) {
            shared.close();
        }
    }

    @Test
    void shouldWakeAWaiterThatCameDuringAnUnlockOfALock() throws Exception {
        race(shared.lock("lock"));
    }

    @Test
    void shouldWakeAWaiterThatCameDuringAnUnlockOfAReentrantLock() throws Exception {
        race(shared.reentrantLock("reentrant"));
    }

    private void race(final Lock lock) throws Exception {
        final FutureTask<Void> waiter = new FutureTask<>(() -> passAll(lock), null);
        new Thread(waiter).start();
        final FutureTask<Integer> owner = new FutureTask<>(() -> {
            pin();
            Await.until("it has started", () -> sleeper.get() != null || waiter.isDone());
            return losesAWake(lock, waiter);
        });
        new Thread(owner).start();
        new Thread(this::disturb).start();
        assertEquals(0, owner.get(50, TimeUnit.SECONDS), "the burst after which nobody woke who slept on " + lock);
        waiter.get(10, TimeUnit.SECONDS);
    }

    /** {@return the number of the burst in which a wake was lost, or 0} */
    private int losesAWake(final Lock lock, final FutureTask<Void> waiter) {
        final long startNs = System.nanoTime();
        int lost = 0;
        while (lost == 0 && !waiter.isDone() && System.nanoTime() - startNs < LENGTH_NS) {
            final int current = race + 1;
            race = current;
            final long burstNs = System.nanoTime();
            do {
                for (int i = 0; i < BURST; i++) {
                    lock.lock();
                    lock.unlock();
                }
            } while (System.nanoTime() - burstNs < BURST_NS);
            over = current;
            if (sleeper.get().oversleeps(() -> passed < current && !waiter.isDone())) {
                lost = current;
            }
        }
        race = LAST;
        return lost;
    }

    private void passAll(final Lock lock) {
        pin();
        sleeper.set(KernelThread.current());
        for (int seen = 0; race != LAST; ) {
            if (race == seen) {
                Thread.yield();
            } else {
                seen = race;
                do {
                    lock.lock();
                    lock.unlock();
                } while (over < seen && race != LAST);
                passed = seen;
            }
        }
    }

    /** Takes the processor from the others, for a moment and often. */
    private void disturb() {
        pin();
        while (race != LAST) {
            LockSupport.parkNanos(DISTURBANCE_NS);
        }
    }

    private static boolean pin() {
        return KernelThread.current().pin();
    }
}
