package io.condatis.manager;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.sync.Hold;
import io.condatis.sync.Permit;
import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What managed locks and semaphores do beyond the contract of all flavours, between the threads of a process. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class ManagedLockTest {
    private static Manager manager;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private String name;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    @BeforeEach
    void name(final TestInfo test) {
        name = test.getDisplayName();
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(20, SECONDS));
    }

    @Test
    void shouldHaveAFenceThatGrowsAndOnlyTheOwnerSees() throws Exception {
        final ManagedLock lock = manager.lock(name);
        lock.lock();
        final long first = lock.fence();
        assertThrows(IllegalMonitorStateException.class, () -> onOtherThread(lock::fence));
        lock.unlock();
        assertThrows(IllegalMonitorStateException.class, lock::fence);
        lock.lock();
        assertTrue(lock.fence() > first);
        lock.unlock();
    }

    @Test
    void shouldNotWaitForItself() throws Exception {
        final ManagedLock lock = manager.lock(name);
        lock.lock();
        assertThrows(IllegalMonitorStateException.class, lock::lock);
        assertThrows(IllegalMonitorStateException.class, lock::lockInterruptibly);
        assertThrows(IllegalMonitorStateException.class, () -> lock.tryLock(1, SECONDS));
        assertFalse(lock.tryLock());
        assertFalse(lock.tryLock(0, SECONDS));
        assertEquals(1, lock.holdCount());
        lock.unlock();
        assertEquals(0, lock.holdCount());
    }

    @Test
    void shouldCountHowOftenItsOwnerTookItWithoutAskingTheServer() throws Exception {
        final ManagedLock lock = manager.reentrantLock(name);
        final ManagedLock same = manager.reentrantLock(name);
        lock.lock();
        final long fence = lock.fence();
        assertTrue(same.tryLock(1, SECONDS));
        same.lockInterruptibly();
        assertEquals(3, lock.holdCount());
        assertEquals(fence, same.fence());
        assertEquals(false, onOtherThread(() -> lock.tryLock()));
        lock.unlock();
        lock.unlock();
        assertTrue(lock.isHeldByCurrentThread());
        same.unlock();
        assertFalse(lock.isLocked());
    }

    @Test
    void shouldLetAnyThreadUnlockItWhenNotReentrant() throws Exception {
        final ManagedLock lock = manager.lock(name);
        lock.lock();
        onOtherThread(() -> {
            lock.unlock();
            return null;
        });
        assertFalse(lock.isHeldByCurrentThread());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
    }

    @Test
    void shouldLeaveNothingHeldWhenAWaitIsInterrupted() throws Exception {
        final ManagedLock lock = manager.lock(name);
        lock.lock();
        final Thread[] waiter = new Thread[1];
        final Future<Boolean> interrupted = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            assertThrows(InterruptedException.class, lock::lockInterruptibly);
            return Thread.interrupted();
        });
        Await.until("it waits", () -> lock.toString().contains("waiters=1"));
        waiter[0].interrupt();
        assertFalse(interrupted.get());
        assertFalse(lock.toString().contains("waiters"), lock::toString);
        lock.unlock();
        assertFalse(lock.isLocked());

        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> lock.tryLock(1, SECONDS));
        Thread.currentThread().interrupt();
        lock.lock();
        assertTrue(Thread.interrupted());
        lock.unlock();
    }

    @Test
    void shouldNeverLoseAGrantThatCrossesAnInterrupt() throws Exception {
        final ManagedLock lock = manager.lock(name);
        final Thread self = Thread.currentThread();
        for (int i = 0; i < 300; i++) {
            final int spins = i * 20;
            final Future<?> interrupter = threads.submit(() -> {
                for (int spin = 0; spin < spins; spin++) {
                    Thread.onSpinWait();
                }
                self.interrupt();
            });
            try {
                lock.lockInterruptibly();
                lock.unlock();
            } catch (final InterruptedException e) {
                assertFalse(lock.isHeldByCurrentThread());
            }
            while (!interrupter.isDone()) {
                Thread.interrupted();
            }
            Thread.interrupted();
        }
        Await.until("it is free", () -> !lock.isLocked());
    }

    @Test
    void shouldExcludeEachOther() throws Exception {
        final ManagedLock lock = manager.reentrantLock(name);
        final int[] count = {0};
        final Future<?>[] workers = new Future<?>[4];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = threads.submit(() -> {
                for (int round = 0; round < 500; round++) {
                    try (Hold held = lock.hold()) {
                        assertFalse(held.abandoned());
                        count[0]++;
                    }
                }
            });
        }
        for (final Future<?> worker : workers) {
            worker.get();
        }
        assertEquals(2_000, count[0]);
    }

    @Test
    void shouldMakeConditionsWithoutAName() throws Exception {
        final ManagedLock lock = manager.reentrantLock(name);
        final Condition condition = lock.newCondition();
        final Future<Boolean> waiter = threads.submit(() -> {
            lock.lock();
            try {
                return condition.await(30, SECONDS);
            } finally {
                lock.unlock();
            }
        });
        Await.until("it waits", () -> ((ManagedCondition) condition).waiters() == 1);
        lock.lock();
        condition.signal();
        lock.unlock();
        assertTrue(waiter.get());
    }

    @Test
    void shouldTellItsUsersWhenItIsDeleted() throws Exception {
        final ManagedLock lock = manager.lock(name);
        lock.lock();
        final Future<Boolean> waiter = threads.submit(() -> {
            assertThrows(IllegalStateException.class, lock::lock);
            return lock.isHeldByCurrentThread();
        });
        Await.until("it waits", () -> lock.toString().contains("waiters"));
        assertTrue(manager.delete(name));
        assertFalse(waiter.get());
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
        assertThrows(IllegalStateException.class, lock::tryLock);
        assertThrows(IllegalStateException.class, lock::isLocked);
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        final ManagedLock lock = manager.lock(name);
        try (Manager other = Manager.connect(manager.name())) {
            final ManagedLock same = other.lock(name);
            assertThrows(IllegalArgumentException.class, () -> manager.condition(name + "-c", same));
        }
        assertThrows(IllegalArgumentException.class, () -> manager.reentrantLock(name));
        assertThrows(IllegalArgumentException.class, () -> manager.semaphore(name + "-s", -1));
        assertThrows(IllegalArgumentException.class, () -> manager.barrier(name + "-b", 0));
        assertFalse(lock.isLocked());
    }

    @Test
    void shouldGiveAPermitBackAtTheEndOfABlock() throws Exception {
        final ManagedSemaphore semaphore = manager.boundedSemaphore(name, 1);
        try (Permit permit = semaphore.permit()) {
            assertEquals(false, onOtherThread(() -> semaphore.tryAcquire()), permit::toString);
            assertFalse(semaphore.tryAcquire(50, MILLISECONDS));
        }
        assertEquals(1, semaphore.availablePermits());
        assertThrows(IllegalStateException.class, semaphore::release);
    }

    private <T> T onOtherThread(final Callable<T> step) throws Exception {
        try {
            return threads.submit(step).get();
        } catch (final ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
