package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncPeers;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows an owner's death under each {@link Abandonment}. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class PolicyTest {
    private SharedMemoryFlavour flavour;
    private SyncPeers peers;

    @BeforeEach
    void createFlavour() {
        flavour = new SharedMemoryFlavour();
        peers = new SyncPeers(flavour);
    }

    @AfterEach
    void closeFlavour() {
        peers.close();
        flavour.close();
    }

    @Test
    void shouldRefuseEverybodyUntilRepairedWhenPoisoned() throws Exception {
        final SharedLock lock = flavour.shared().lock("lock", Abandonment.POISON, null);
        killOwner("lock lock");
        assertThrows(AbandonedLockException.class, () -> lock.tryLock(1, TimeUnit.SECONDS));
        assertThrows(AbandonedLockException.class, lock::lock);
        assertThrows(AbandonedLockException.class, lock::tryLock);
        assertThrows(AbandonedLockException.class, lock::hold);
        assertFalse(lock.isLocked(), "it throws without holding");
        assertTrue(lock.isAbandoned());
        assertEquals(1, lock.recoveries());
        try (Hold held = lock.lockForRepair()) {
            assertTrue(held.abandoned());
        }
        assertThrows(AbandonedLockException.class, lock::lock, "nobody has marked it consistent");
        try (Hold held = lock.lockForRepair()) {
            lock.markConsistent();
            assertFalse(held.abandoned());
        }
        lock.lock();
        lock.unlock();
    }

    @Test
    void shouldBeRepairedRightAfterADeathWhenPoisoned() {
        final SharedReentrantLock lock = flavour.shared().reentrantLock("reentrant", Abandonment.POISON, null);
        killOwner("lock reentrant");
        try (Hold held = lock.lockForRepair()) {
            assertTrue(held.abandoned());
            assertEquals(1, lock.holdCount());
            lock.markConsistent();
        }
        assertTrue(lock.tryLock());
        lock.unlock();
    }

    @Test
    void shouldThrowForAllWhoWaitWhenOwnerIsKilledAndLockIsPoisoned() throws Exception {
        final SharedLock lock = flavour.shared().lock("lock", Abandonment.POISON, null);
        final ForkedJvm owner = peers.joined();
        SyncPeers.ask(owner, "lock lock");
        final FutureTask<Void> first = waiting(lock);
        final FutureTask<Void> second = waiting(lock);
        owner.kill();
        for (final FutureTask<Void> waiter : List.of(first, second)) {
            final ExecutionException e = assertThrows(ExecutionException.class, () -> waiter.get(1, TimeUnit.SECONDS));
            assertEquals(AbandonedLockException.class, e.getCause().getClass());
        }
        assertFalse(lock.isLocked());
    }

    /** A wait never ends without the lock, whatever has become of what it protects. */
    @ParameterizedTest
    @EnumSource
    void shouldHoldTheLockAfterAWaitDuringWhichAnOwnerWasKilled(final Abandonment policy) throws Exception {
        final AtomicInteger repairs = new AtomicInteger();
        final Runnable repair = policy == Abandonment.REPAIR ? repairs::incrementAndGet : null;
        final SharedLock lock = flavour.shared().lock("lock", policy, repair);
        final SharedCondition condition = flavour.shared().condition("condition", lock);
        final FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            lock.lock();
            condition.await();
            final boolean told = lock.isHeldByCurrentThread() && lock.isAbandoned();
            lock.markConsistent();
            lock.unlock();
            return told;
        });
        new Thread(waiter).start();
        Await.until("it waits", () -> condition.waiters() == 1 && !lock.isLocked());
        killOwner("lock lock");
        assertTrue(waiter.get(10, TimeUnit.SECONDS));
        assertEquals(0, repairs.get(), "the wait tells, it does not repair");
        assertFalse(lock.isLocked());
    }

    @Test
    void shouldWaitForARepairUnderWayWhenPoisoned() throws Exception {
        final SharedLock lock = flavour.shared().lock("lock", Abandonment.POISON, null);
        killOwner("lock lock");
        lock.lockForRepair();
        final FutureTask<Void> waiter = waiting(lock);
        lock.markConsistent();
        lock.unlock();
        waiter.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldRunTheHandlerBeforeLockReturnsWhenRepairing() {
        final AtomicInteger repairs = new AtomicInteger();
        final SharedLock lock = flavour.shared().lock("lock", Abandonment.REPAIR, repairs::incrementAndGet);
        lock.lock();
        lock.unlock();
        killOwner("lock lock");
        assertEquals(0, repairs.get());
        try (Hold held = lock.hold()) {
            assertEquals(1, repairs.get());
            assertFalse(held.abandoned());
        }
        lock.lock();
        lock.unlock();
        assertEquals(1, repairs.get());
    }

    @Test
    void shouldUnlockAndStayAbandonedWhenTheHandlerThrows() {
        final AtomicInteger failures = new AtomicInteger(1);
        final SharedReentrantLock[] lock = new SharedReentrantLock[1];
        lock[0] = flavour.shared().reentrantLock("reentrant", Abandonment.REPAIR, () -> {
            assertTrue(lock[0].isHeldByCurrentThread() && lock[0].isAbandoned());
            if (failures.getAndDecrement() > 0) {
                throw new UnsupportedOperationException("repair failed");
            }
        });
        killOwner("lock reentrant");
        assertThrows(UnsupportedOperationException.class, lock[0]::lock);
        assertFalse(lock[0].isLocked());
        assertTrue(lock[0].isAbandoned());
        lock[0].lock();
        assertFalse(lock[0].isAbandoned());
        assertEquals(1, lock[0].holdCount());
        lock[0].unlock();
    }

    @Test
    void shouldReportWhenThisProcessHasNoHandler() {
        final SharedLock lock = flavour.shared().lock("lock", Abandonment.REPAIR, null);
        killOwner("lock lock");
        try (Hold held = lock.hold()) {
            assertTrue(held.abandoned());
        }
    }

    @Test
    void shouldRefuseAnotherPolicyThanTheLockWasMadeWith() {
        flavour.shared().lock("lock", Abandonment.POISON, null);
        assertEquals(Abandonment.POISON, flavour.shared().lock("lock").abandonment());
        final String message = assertThrows(IncompatibleLayoutException.class, () -> flavour.shared()
                        .lock("lock", Abandonment.REPAIR, null))
                .getMessage();
        assertTrue(message.contains("POISON") && message.contains("REPAIR"), message);
    }

    private void killOwner(final String command) {
        final ForkedJvm owner = peers.joined();
        SyncPeers.ask(owner, command);
        owner.kill();
        SyncPeers.awaitKilled(owner);
    }

    private static FutureTask<Void> waiting(final SharedLock lock) {
        final FutureTask<Void> task = new FutureTask<>(
                () -> {
                    lock.lock();
                    lock.unlock();
                },
                null);
        final Thread waiter = new Thread(task);
        waiter.start();
        Await.untilBlocked(waiter);
        return task;
    }
}
