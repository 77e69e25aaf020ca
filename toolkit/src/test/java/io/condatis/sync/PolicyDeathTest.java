package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncPeers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks with a policy when those who find out about a death die themselves. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class PolicyDeathTest {
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
    @ValueSource(strings = {"lock.recovered", "lock.repaired"})
    void shouldRepairAgainWhenTheRepairerDiesAt(final String point) throws Exception {
        final int[] repairs = new int[1];
        final SharedLock lock = shared.lock("lock", Abandonment.REPAIR, () -> repairs[0]++);
        try (ForkedJvm repairer = ForkedJvm.of(RepairPeer.class)
                .flags("-Dcondatis.crash=" + point)
                .args(shared.name(), "lock")
                .start()) {
            SyncPeers.awaitKilled(repairer);
        }
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        assertEquals(1, repairs[0]);
        assertEquals(point.equals("lock.repaired") ? 2 : 1, lock.recoveries(), "it is counted after the step");
        assertFalse(lock.isAbandoned());
        lock.unlock();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.recovering", "lock.recovered"})
    void shouldStayPoisonedWhenTheFirstToFindOutDiesAt(final String point) {
        final SharedLock lock = shared.lock("lock", Abandonment.POISON, null);
        peers.kill("lock lock");
        peers.victim(point, "lock lock");
        assertThrows(AbandonedLockException.class, lock::lock);
        assertFalse(lock.isLocked());
    }
}
