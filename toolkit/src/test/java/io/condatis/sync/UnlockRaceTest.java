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
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A waiter announces itself while the owner unlocks, and locks, and unlocks: no unlock may wipe the announcement out. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class UnlockRaceTest {
    private static final int RACES = 20_000;
    private static final int SPINS = 1_000;
    private static final int LONGEST_BURST = 64;

    private final AtomicInteger locked = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicReference<KernelThread> sleeper = new AtomicReference<>();
    private SharedObjects shared;

    @BeforeEach
    void createRegion() {
        assumeTrue(Futex.get().canWake() && DeathWatch.get() != null, "nobody is woken here");
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
        Await.until("it has started", () -> sleeper.get() != null || waiter.isDone());
        for (int race = 1; race <= RACES && !waiter.isDone(); race++) {
            final int current = race;
            lock.lock();
            locked.set(race);
            for (int i = race % LONGEST_BURST; i > 0; i--) {
                lock.unlock();
                lock.lock();
            }
            lock.unlock();
            assertFalse(
                    sleeper.get().oversleeps(() -> passed.get() < current && !waiter.isDone()),
                    "race " + race + ": nobody woke a thread that slept on " + lock);
        }
        waiter.get(10, TimeUnit.SECONDS);
    }

    private void passAll(final Lock lock) {
        sleeper.set(KernelThread.current());
        for (int race = 1; race <= RACES; race++) {
            for (int i = 0; locked.get() < race; i++) {
                if (i < SPINS) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            lock.lock();
            lock.unlock();
            passed.set(race);
        }
    }
}
