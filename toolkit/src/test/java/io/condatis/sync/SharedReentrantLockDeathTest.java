package io.condatis.sync;

import static io.condatis.sync.MemoryPeers.waiting;
import static io.condatis.sync.MemoryPeers.withinASecond;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncPeers;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reentrant lock when processes are killed at every step of the protocol. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedReentrantLockDeathTest {
    private MemoryPeers peers;
    private SharedObjects shared;

    @BeforeEach
    void createRegion() {
        peers = new MemoryPeers();
        shared = peers.shared();
    }

    @AfterEach
    void closeRegion() {
        peers.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.announced", "lock.announced:3", "lock.woken"})
    void shouldPassTheLockOnWhenAWaiterDiesAt(final String point) throws Exception {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        lock.lock();
        lock.lock();
        peers.victim(point, "lock reentrant");
        final FutureTask<Boolean> waiter = waiting(() -> {
            lock.lock();
            final boolean clean = !lock.isAbandoned() && lock.holdCount() == 1;
            lock.unlock();
            return clean;
        });
        lock.unlock();
        lock.unlock();
        assertTrue(withinASecond(waiter));
        assertFalse(lock.isLocked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.acquired", "lock.reentered", "lock.acquired:2"})
    void shouldForgetTheHoldsOfTheDeadWhenOwnerDiesAt(final String point, @TempDir final Path directory)
            throws Exception {
        try (RegionPeers region = new RegionPeers(directory)) {
            RegionPeers.awaitKilled(region.victim(point, "lock-reentrant", "lock-reentrant"));
            assertTakenFromTheDead(region.region().reentrantLock());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.recovering", "lock.recovered"})
    void shouldTakeTheLockFromTheDeadWhenTheFirstToFindOutDiesAt(final String point) throws Exception {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        peers.kill("lock reentrant", "lock reentrant");
        peers.victim(point, "lock reentrant");
        assertTakenFromTheDead(lock);
    }

    @Test
    void shouldWakeTheNextWhenOwnerDiesBeforeItsWake() throws Exception {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        final ForkedJvm owner = peers.doomed("lock.unlocked");
        SyncPeers.ask(owner, "lock reentrant");
        final FutureTask<Boolean> waiter = waiting(() -> {
            lock.lock();
            return !lock.isAbandoned();
        });
        owner.send("unlock reentrant");
        SyncPeers.awaitKilled(owner);
        assertTrue(withinASecond(waiter));
    }

    @Test
    void shouldRepairAgainWhenTheRepairerDiesAfterItsRepair() throws Exception {
        final int[] repairs = new int[1];
        final SharedReentrantLock lock = shared.reentrantLock("reentrant", Abandonment.REPAIR, () -> repairs[0]++);
        killRepairer(shared.name(), "lock.repaired");
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        assertEquals(1, repairs[0]);
        assertEquals(1, lock.holdCount());
        assertFalse(lock.isAbandoned());
        lock.unlock();
    }

    private static void assertTakenFromTheDead(final SharedReentrantLock lock) throws InterruptedException {
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        assertTrue(lock.isAbandoned());
        assertEquals(1, lock.holdCount(), "the dead owner's holds died with it");
        lock.markConsistent();
        lock.unlock();
        assertFalse(lock.isLocked());
    }

    private static void killRepairer(final String region, final String point) {
        try (ForkedJvm repairer = ForkedJvm.of(RepairPeer.class)
                .flags("-Dcondatis.crash=" + point)
                .args(region, "reentrantLock")
                .start()) {
            SyncPeers.awaitKilled(repairer);
        }
    }
}
