package io.condatis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CPython's {@code _TestLock}, for every way of sharing locks. */
@Timeout(60)
public abstract class LockContract {
    private SyncFlavour flavour;
    private SyncPeers peers;

    /** {@return a new place for primitives} */
    protected abstract SyncFlavour create();

    @BeforeEach
    void createFlavour() {
        flavour = create();
        peers = new SyncPeers(flavour);
    }

    @AfterEach
    void closeFlavour() {
        peers.close();
        flavour.close();
    }

    /** {@code test_lock}. */
    @Test
    void shouldBeHeldFromAcquireToRelease() {
        final SyncFlavour.AnyLock lock = flavour.lock("lock");
        assertTrue(lock.tryLock());
        assertTrue(lock.isLocked());
        assertFalse(lock.tryLock());
        lock.unlock();
        assertFalse(lock.isLocked());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    /** {@code test_lock_locked_2processes}. */
    @Test
    void shouldBeLockedInBothProcessesWhenAChildTookIt() {
        assertLockedInBothProcesses(flavour.lock("lock"), "lock");
    }

    /** {@code test_rlock_locked_2processes}. */
    @Test
    void shouldBeLockedInBothProcessesWhenAChildTookItReentrantly() {
        assertLockedInBothProcesses(flavour.reentrantLock("reentrant"), "reentrant");
    }

    /** {@code test_rlock}. */
    @Test
    void shouldStayLockedUntilTheThirdReleaseOfThree() {
        final SyncFlavour.AnyLock lock = flavour.reentrantLock("reentrant");
        for (int i = 0; i < 3; i++) {
            assertTrue(lock.tryLock());
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(lock.isLocked());
            lock.unlock();
        }
        assertFalse(lock.isLocked());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    /** {@code test_lock_context} and {@code test_rlock_context}. */
    @Test
    void shouldBeReleasedAtTheEndOfAHold() throws Exception {
        for (final SyncFlavour.AnyLock lock :
                new SyncFlavour.AnyLock[] {flavour.lock("lock"), flavour.reentrantLock("reentrant")}) {
            try (AutoCloseable held = lock.hold()) {
                assertTrue(lock.isLocked(), held::toString);
            }
            assertFalse(lock.isLocked());
        }
    }

    /** {@code test_repr_lock}. */
    @Test
    void shouldNameItsOwner() throws Exception {
        assertNamesOwner(flavour.lock("lock"), "lock");
    }

    /** {@code test_repr_rlock}. */
    @Test
    void shouldNameItsReentrantOwnerAndHowOftenItLocked() throws Exception {
        final SyncFlavour.AnyLock lock = flavour.reentrantLock("reentrant");
        assertNamesOwner(lock, "reentrant");
        lock.lock();
        lock.lock();
        lock.lock();
        assertTrue(lock.toString().contains("3 times"), lock::toString);
        lock.unlock();
        lock.unlock();
        assertFalse(lock.toString().contains("times"), lock::toString);
        lock.unlock();
    }

    /** Scenario 9 of the semantics. */
    @Test
    void shouldNeitherBeTakenNorReleasedByOthersWhenHeld() throws Exception {
        final SyncFlavour.AnyLock lock = flavour.reentrantLock("reentrant");
        final ForkedJvm child = peers.joined();
        lock.lock();
        lock.lock();
        assertEquals("false", SyncPeers.ask(child, "tryLock reentrant"));
        assertTrue(SyncPeers.ask(child, "unlock reentrant").contains("IllegalMonitorState"), child::output);
        final Thread other = new Thread(() -> {
            assertFalse(lock.tryLock());
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
        });
        other.start();
        other.join();
        assertFalse(flavour.lock("lock").isLocked());
        assertTrue(lock.tryLock(0, TimeUnit.SECONDS));
        lock.unlock();
        lock.unlock();
        lock.unlock();
        assertFalse(lock.isLocked());
        assertEquals("true", SyncPeers.ask(child, "tryLock reentrant"));
    }

    private void assertLockedInBothProcesses(final SyncFlavour.AnyLock lock, final String name) {
        final ForkedJvm child = peers.joined();
        assertEquals("false", SyncPeers.ask(child, "isLocked " + name));
        SyncPeers.ask(child, "lock " + name);
        assertTrue(lock.isLocked());
        assertFalse(lock.tryLock());
        SyncPeers.ask(child, "unlock " + name);
        // Whoever gave it back sees it free at once, and from then on everybody; an unlock alone need not be answered.
        assertEquals("false", SyncPeers.ask(child, "isLocked " + name));
        assertFalse(lock.isLocked());
        assertTrue(lock.tryLock());
        lock.unlock();
    }

    private void assertNamesOwner(final SyncFlavour.AnyLock lock, final String name) throws InterruptedException {
        assertTrue(lock.toString().contains("free"), lock::toString);
        lock.lock();
        assertTrue(lock.toString().contains(Thread.currentThread().getName()), lock::toString);
        assertTrue(
                lock.toString().contains(Long.toString(ProcessHandle.current().pid())), lock::toString);
        lock.unlock();
        final ForkedJvm child = peers.joined();
        SyncPeers.ask(child, "lock " + name);
        assertTrue(lock.toString().contains(Long.toString(child.pid())), lock::toString);
        SyncPeers.ask(child, "unlock " + name);
    }
}
