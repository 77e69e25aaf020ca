package io.condatis.sync;

import static io.condatis.sync.LockPeers.ask;
import static io.condatis.sync.LockPeers.awaitKilled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.JvmFlags;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lock when processes are killed, at random and at every step of the protocol. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedLockDeathTest {
    @TempDir
    Path directory;

    private LockPeers peers;
    private SharedLock lock;

    @BeforeEach
    void createRegion() {
        peers = new LockPeers(directory);
        lock = peers.lock();
    }

    @AfterEach
    void killChildren() {
        peers.close();
    }

    @Test
    void shouldGoToTheNextWhenOwnerWasKilled() {
        final ForkedJvm owner = peers.owner();
        owner.kill();
        awaitKilled(owner);
        lock.lock();
        assertTrue(lock.isAbandoned());
        assertEquals(1, lock.recoveries());
        assertEquals(0, lock.waits(), "the owner is looked at before the first sleep");
        lock.unlock();
    }

    @Test
    void shouldGoToTheNextWithinASecondWhenOwnerIsKilledMeanwhile() {
        final ForkedJvm owner = peers.owner();
        final ForkedJvm waiter = peers.waiter();
        owner.kill();
        waiter.awaitLine("locked abandoned=true", Duration.ofSeconds(1));
    }

    @Test
    void shouldServeEveryWaiterWhenOwnerIsKilled() {
        final ForkedJvm owner = peers.owner();
        final List<ForkedJvm> waiters = List.of(peers.joined(), peers.joined(), peers.joined());
        waiters.forEach(waiter -> waiter.send("count 1"));
        peers.awaitWaiters();
        owner.kill();
        waiters.forEach(waiter -> waiter.awaitLine("counted 1", Duration.ofSeconds(2)));
        assertEquals(1, lock.recoveries());
    }

    @Test
    void shouldServeManyThreadsWhenOwnerIsKilled() throws Exception {
        final ForkedJvm owner = peers.owner();
        final List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            final Thread waiter = new Thread(() -> peers.region().count(() -> {}));
            waiter.start();
            waiters.add(waiter);
        }
        waiters.forEach(Await::untilBlocked);
        owner.kill();
        for (final Thread waiter : waiters) {
            waiter.join();
        }
        assertEquals(64, peers.region().counted());
        assertEquals(0, peers.region().violations());
        assertEquals(1, lock.recoveries());
    }

    @Test
    void shouldTellTheNextOwnerThatOthersMaySleepWhenItHasRecovered() {
        final LockRegion owner = peers.region().joinAgain();
        owner.lock().lock();
        owner.close();
        lock.lock();
        assertTrue(
                (lock.core().state() & LockDescriptor.WAITERS) != 0, "others may have slept for the dead one's unlock");
        lock.unlock();
    }

    @Test
    void shouldStayAbandonedUntilMarkedConsistent() {
        peers.owner().kill();
        final ForkedJvm next = peers.joined();
        ask(next, "lock", "locked abandoned=true");
        ask(next, "unlock", "unlocked");
        try (Hold held = lock.hold()) {
            assertTrue(held.abandoned());
            lock.markConsistent();
            assertFalse(held.abandoned());
        }
        assertFalse(lock.isAbandoned());
        assertEquals(1, lock.recoveries());
    }

    @Test
    void shouldBeRecoveredByTryLockWhenOwnerIsDead() throws Exception {
        for (final boolean timed : new boolean[] {false, true}) {
            final ForkedJvm owner = peers.owner();
            assertFalse(timed ? lock.tryLock(0, TimeUnit.SECONDS) : lock.tryLock());
            owner.kill();
            awaitKilled(owner);
            assertTrue(timed ? lock.tryLock(0, TimeUnit.SECONDS) : lock.tryLock());
            assertTrue(lock.isAbandoned());
            lock.markConsistent();
            lock.unlock();
        }
    }

    @Test
    void shouldGoToTheNextWhenDeadOwnerIsNotReaped() throws Exception {
        final String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String command = "'" + java + "' " + String.join(" ", JvmFlags.required())
                + " -Dcondatis.crash=lock.acquired -cp \"$CHILD_PATH\" " + LockPeer.class.getName() + " '" + directory
                + "' lock >/dev/null & exec sleep 60";
        final ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().put("CHILD_PATH", System.getProperty("java.class.path"));
        final Process parent = builder.start();
        try {
            Await.until(
                    "the child is a zombie that holds the lock",
                    () -> lock.isLocked()
                            && parent.children()
                                    .findFirst()
                                    .filter(SharedLockDeathTest::isZombie)
                                    .isPresent());
            // A zombie may have other threads that still run for a moment; it loses the lock when none can run any
            // more.
            assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
            assertTrue(lock.isAbandoned());
            lock.unlock();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldSurviveAChainOfDeathsWhenRecoverersDieToo() {
        for (final String point : List.of("lock.acquired", "lock.recovering", "lock.recovered", "lock.recovered")) {
            final ForkedJvm victim = peers.joined("-Dcondatis.crash=" + point);
            victim.send("lock");
            awaitKilled(victim);
        }
        ask(peers.joined(), "lock", "locked abandoned=true");
    }

    @Test
    void shouldGoToTheNextWhenOwnerDiesBeforeItsWake() {
        final ForkedJvm owner = peers.owner("-Dcondatis.crash=lock.unlocked");
        final ForkedJvm waiter = peers.waiter();
        owner.send("unlock");
        awaitKilled(owner);
        waiter.awaitLine("locked abandoned=false", Duration.ofSeconds(1));
    }

    @Test
    void shouldGoToTheNextWhenAWaiterDiesAfterAnnouncingItself() {
        lock.lock();
        final ForkedJvm victim = peers.joined("-Dcondatis.crash=lock.announced");
        victim.send("lock");
        awaitKilled(victim);
        assertHandedOverCleanly();
    }

    @Test
    void shouldGoToTheNextWhenAStarvingWaiterDies() {
        lock.lock();
        final ForkedJvm victim = peers.joined("-Dcondatis.crash=lock.announced:3"); // its third look is after 40 ms
        victim.send("lock");
        awaitKilled(victim);
        assertHandedOverCleanly();
    }

    @Test
    void shouldGoToTheNextWhenAWaiterDiesAfterSleeping() {
        lock.lock();
        final ForkedJvm victim = peers.joined("-Dcondatis.crash=lock.woken");
        final ForkedJvm waiter = peers.waiter();
        victim.send("lock");
        awaitKilled(victim);
        lock.unlock();
        waiter.awaitLine("locked abandoned=false", Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"participants.claimed:1", "lock.acquired:10000", "test.inside:10000"})
    void shouldStayExactWhenOneOfManyDiesAt(final String point) {
        final ForkedJvm survivor = peers.joined();
        final ForkedJvm victim = peers.started("-Dcondatis.crash=" + point);
        survivor.send("count 200000");
        if (!point.startsWith("participants")) {
            victim.send("count 200000");
        }
        awaitKilled(victim);
        survivor.awaitLine("counted", Await.DEADLINE);
        peers.region().count(() -> {});
        assertEquals(0, peers.region().violations());
        assertEquals(lock.recoveries(), peers.region().abandoned());
    }

    /** The calling thread unlocks; the next owner, one that waits or one that comes, gets the lock as if nobody had died. */
    private void assertHandedOverCleanly() {
        final ForkedJvm waiter = peers.waiter();
        lock.unlock();
        waiter.awaitLine("locked abandoned=false", Duration.ofSeconds(1));
        ask(waiter, "unlock", "unlocked");
        lock.lock();
        assertFalse(lock.isAbandoned());
        lock.unlock();
    }

    private static boolean isZombie(final ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                    .contains(") Z ");
        } catch (final IOException e) {
            return false;
        }
    }
}
