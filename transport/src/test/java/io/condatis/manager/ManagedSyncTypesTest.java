package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code TestSyncManagerTypes}, as far as it is about what threads meet at. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class ManagedSyncTypesTest {
    private Manager manager;

    @BeforeEach
    void start() {
        manager = Manager.start();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** {@code test_event}. */
    @Test
    void shouldShowTheWorkerThatTheEventIsSetAndTheParentThatItWasCleared() {
        final ManagedEvent event = manager.event("event");
        event.set();
        runToEnd("event");
        assertFalse(event.isSet());
    }

    /** {@code test_lock}; there a lock stays locked when its worker ends, here it does not. */
    @Test
    void shouldLetTheParentReleaseTheLockOfItsWorkerOnce() {
        final ManagedLock lock = manager.lock("lock");
        try (ForkedJvm worker = start("lock")) {
            worker.awaitLine("locked", Await.DEADLINE);
            assertTrue(lock.isLocked());
            lock.unlock();
            assertFalse(lock.isLocked());
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            end(worker);
        }
        assertFalse(lock.isAbandoned());
        try (ForkedJvm worker = start("lock")) {
            worker.awaitLine("locked", Await.DEADLINE);
            end(worker);
        }
        Await.until("the lock is free", () -> !lock.isLocked());
        assertTrue(lock.isAbandoned());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    /** {@code test_rlock}. */
    @Test
    void shouldFindTheReentrantLockFreeWhenTheWorkerHasReleasedIt() throws Exception {
        final ManagedLock lock = manager.reentrantLock("rlock");
        runToEnd("rlock");
        assertTrue(lock.tryLock(20, TimeUnit.SECONDS), "a release is not answered: it may be on its way");
        assertFalse(lock.isAbandoned());
        lock.unlock();
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    /** {@code test_semaphore}. */
    @Test
    void shouldLetTheParentReleaseTheSemaphoreThatItsWorkerAcquired() {
        final ManagedSemaphore semaphore = manager.semaphore("semaphore", 1);
        try (ForkedJvm worker = start("semaphore")) {
            worker.awaitLine("acquired", Await.DEADLINE);
            assertEquals(0, semaphore.availablePermits());
            semaphore.release();
            assertEquals(1, semaphore.availablePermits());
            end(worker);
        }
    }

    /** {@code test_bounded_semaphore}. */
    @Test
    void shouldLetTheParentReleaseTheBoundedSemaphoreThatItsWorkerAcquiredOnce() {
        final ManagedSemaphore semaphore = manager.boundedSemaphore("bounded", 1);
        try (ForkedJvm worker = start("bounded")) {
            worker.awaitLine("acquired", Await.DEADLINE);
            semaphore.release();
            assertThrows(IllegalStateException.class, semaphore::release);
            end(worker);
        }
        assertEquals(1, semaphore.availablePermits());
    }

    /** {@code test_condition}. */
    @Test
    void shouldLetTheWorkerUseTheConditionAndItsLock() throws Exception {
        final ManagedLock lock = manager.lock("lock");
        final ManagedCondition condition = manager.condition("condition", lock);
        try (ForkedJvm worker = start("condition")) {
            lock.lock();
            condition.await(1, TimeUnit.SECONDS); // The signal may have come first.
            lock.unlock();
            assertEquals(0, worker.exitCode(Await.DEADLINE), worker::output);
        }
        assertTrue(lock.tryLock(20, TimeUnit.SECONDS), "a release is not answered: it may be on its way");
        assertFalse(lock.isAbandoned());
        lock.unlock();
    }

    /** {@code test_barrier}. */
    @Test
    void shouldLetTheWorkerResetTheBarrier() {
        final ManagedBarrier barrier = manager.barrier("barrier", 5);
        barrier.abort();
        runToEnd("barrier");
        assertFalse(barrier.isBroken());
        assertEquals(0, barrier.waiting());
    }

    private ForkedJvm start(final String program) {
        return ForkedJvm.start(SyncTypesPeer.class, program, manager.name());
    }

    private void runToEnd(final String program) {
        try (ForkedJvm worker = start(program)) {
            assertEquals(0, worker.exitCode(Await.DEADLINE), worker::output);
        }
    }

    private static void end(final ForkedJvm worker) {
        worker.send("end");
        assertEquals(0, worker.exitCode(Await.DEADLINE), worker::output);
    }
}
