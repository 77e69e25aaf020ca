package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncPeers;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child process dies at one step of one operation; this process goes on within a second, and nothing is lost. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class CrashPointsTest {
    private SharedMemoryFlavour flavour;
    private SharedObjects shared;
    private SyncPeers peers;

    @BeforeEach
    void createFlavour() {
        flavour = new SharedMemoryFlavour();
        shared = flavour.shared();
        peers = new SyncPeers(flavour);
    }

    @AfterEach
    void closeFlavour() {
        peers.close();
        flavour.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.announced", "lock.announced:3", "lock.woken"})
    void shouldPassReentrantLockOnWhenAWaiterDiesAt(final String point) throws Exception {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        lock.lock();
        lock.lock();
        victim(point, "lock reentrant");
        final FutureTask<Boolean> waiter = waiting(() -> {
            lock.lock();
            final boolean clean = !lock.isAbandoned() && lock.holdCount() == 1;
            lock.unlock();
            return clean;
        });
        lock.unlock();
        lock.unlock();
        assertTrue(waiter.get(1, TimeUnit.SECONDS));
        assertFalse(lock.isLocked());
    }

    @Test
    void shouldForgetTheHoldsOfTheDeadWhenOwnerDiesLockingAgain() throws Exception {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        final ForkedJvm owner = peers.joined("-Dcondatis.crash=lock.reentered");
        SyncPeers.ask(owner, "lock reentrant");
        owner.send("lock reentrant");
        SyncPeers.awaitKilled(owner);
        assertTakenFromTheDead(lock);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.recovering", "lock.recovered"})
    void shouldTakeReentrantLockFromTheDeadWhenTheFirstToFindOutDiesAt(final String point) throws Exception {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        kill("lock reentrant");
        victim(point, "lock reentrant");
        assertTakenFromTheDead(lock);
    }

    @Test
    void shouldWakeTheNextWhenOwnerOfReentrantLockDiesBeforeItsWake() throws Exception {
        final SharedReentrantLock lock = shared.reentrantLock("reentrant");
        final ForkedJvm owner = peers.joined("-Dcondatis.crash=lock.unlocked");
        SyncPeers.ask(owner, "lock reentrant");
        final FutureTask<Boolean> waiter = waiting(() -> {
            lock.lock();
            return !lock.isAbandoned();
        });
        owner.send("unlock reentrant");
        SyncPeers.awaitKilled(owner);
        assertTrue(waiter.get(1, TimeUnit.SECONDS));
    }

    @Test
    void shouldRepairAgainWhenTheRepairerDies() throws Exception {
        final int[] repairs = new int[1];
        final SharedLock lock = shared.lock("lock", Abandonment.REPAIR, () -> repairs[0]++);
        kill("lock lock");
        victim("lock.recovered", "lock lock");
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        assertEquals(1, repairs[0]);
        assertFalse(lock.isAbandoned());
        lock.unlock();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock.recovering", "lock.recovered"})
    void shouldStayPoisonedWhenTheFirstToFindOutDiesAt(final String point) {
        final SharedLock lock = shared.lock("lock", Abandonment.POISON, null);
        kill("lock lock");
        victim(point, "lock lock");
        assertThrows(AbandonedLockException.class, lock::lock);
        assertFalse(lock.isLocked());
    }

    @ParameterizedTest
    @ValueSource(strings = {"semaphore.acquired", "semaphore.recovering", "semaphore.recovered"})
    void shouldGetEveryPermitBackWhenAnOwnerDiesAt(final String point) throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded2", 2);
        if (!point.equals("semaphore.acquired")) {
            kill("acquire bounded2", "acquire bounded2");
        }
        victim(point, "acquire bounded2");
        assertEquals(2, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire(1, TimeUnit.SECONDS));
        assertTrue(semaphore.tryAcquire(1, TimeUnit.SECONDS));
        assertFalse(semaphore.tryAcquire());
    }

    @ParameterizedTest
    @ValueSource(strings = {"semaphore.announced", "semaphore.announced:2", "semaphore.woken", "semaphore.passing"})
    void shouldPassPermitOnWhenAWaiterDiesAt(final String point) throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded2", 2);
        semaphore.acquire();
        semaphore.acquire();
        final ForkedJvm victim = peers.joined("-Dcondatis.crash=" + point);
        victim.send("acquire bounded2");
        if (!point.equals("semaphore.passing")) {
            SyncPeers.awaitKilled(victim);
        } else {
            Await.until("the child waits", () -> semaphore.toString().contains("waiters"));
        }
        final FutureTask<Boolean> waiter = waiting(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS));
        semaphore.release();
        semaphore.release();
        assertTrue(waiter.get(1, TimeUnit.SECONDS));
        if (point.equals("semaphore.passing")) {
            SyncPeers.awaitKilled(victim);
        }
        assertEquals(1, semaphore.availablePermits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"semaphore.released", "semaphore.waking"})
    void shouldWakeAWaiterWhenTheReleaserDiesAt(final String point) throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded1", 1);
        final ForkedJvm owner = peers.joined("-Dcondatis.crash=" + point);
        SyncPeers.ask(owner, "acquire bounded1");
        final FutureTask<Boolean> waiter = waiting(() -> semaphore.tryAcquire(30, TimeUnit.SECONDS));
        owner.send("release bounded1");
        SyncPeers.awaitKilled(owner);
        assertTrue(waiter.get(1, TimeUnit.SECONDS));
        assertEquals(0, semaphore.recoveries(), "it had released");
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void shouldEndWaitsWhenTheSetterDiesBeforeItsWake() throws Exception {
        final SharedEvent event = shared.event("event");
        final ForkedJvm setter = peers.joined("-Dcondatis.crash=event.set");
        final FutureTask<Boolean> waiter = waiting(() -> event.await(30, TimeUnit.SECONDS));
        setter.send("set event");
        SyncPeers.awaitKilled(setter);
        assertTrue(waiter.get(1, TimeUnit.SECONDS));
        assertTrue(event.isSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"event.announced", "event.woken"})
    void shouldEndWaitsWhenAnotherWaiterDiesAt(final String point) throws Exception {
        final SharedEvent event = shared.event("event");
        victim(point, "await event");
        final FutureTask<Boolean> waiter = waiting(() -> event.await(30, TimeUnit.SECONDS));
        event.set();
        assertTrue(waiter.get(1, TimeUnit.SECONDS));
        event.clear();
        assertFalse(event.await(10, TimeUnit.MILLISECONDS));
    }

    private static void assertTakenFromTheDead(final SharedReentrantLock lock) throws InterruptedException {
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
        assertTrue(lock.isAbandoned());
        assertEquals(1, lock.holdCount(), "the dead owner's holds died with it");
        lock.markConsistent();
        lock.unlock();
        assertFalse(lock.isLocked());
    }

    /** A child that does some things and is killed from outside. */
    private void kill(final String... commands) {
        final ForkedJvm child = peers.joined();
        for (final String command : commands) {
            SyncPeers.ask(child, command);
        }
        child.kill();
        SyncPeers.awaitKilled(child);
    }

    /** A child that does one thing and dies at a step of it. */
    private void victim(final String point, final String command) {
        final ForkedJvm victim = peers.joined("-Dcondatis.crash=" + point);
        victim.send(command);
        SyncPeers.awaitKilled(victim);
    }

    private static FutureTask<Boolean> waiting(final Callable<Boolean> wait) {
        final FutureTask<Boolean> task = new FutureTask<>(wait);
        final Thread waiter = new Thread(task);
        waiter.start();
        Await.untilBlocked(waiter);
        return task;
    }
}
