package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.testing.Await;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The lock among threads of one process. */
@Timeout(30)
class SharedLockTest {
    private static final int LOCK_OFFSET = Participants.lengthBytes() + LockDescriptor.STATE_OFFSET;

    @TempDir
    Path directory;

    private LockRegion region;
    private SharedLock lock;

    @BeforeEach
    void createRegion() {
        region = LockRegion.create(directory);
        lock = region.lock();
    }

    @AfterEach
    void closeRegion() {
        region.close();
    }

    @Test
    void shouldBeHeldBetweenLockAndUnlock() {
        assertFalse(lock.isLocked());
        lock.lock();
        assertTrue(lock.isLocked());
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
        assertFalse(lock.isLocked());
        assertFalse(lock.isHeldByCurrentThread());
    }

    @Test
    void shouldUnlockAtTheEndOfAHold() {
        try (Hold held = lock.hold()) {
            assertTrue(lock.isHeldByCurrentThread());
            assertFalse(held.abandoned());
        }
        assertFalse(lock.isLocked());
    }

    @Test
    void shouldHandOutTheSameHoldEachTime() {
        final Hold first;
        try (Hold held = lock.hold()) {
            first = held;
        }
        try (Hold held = lock.hold()) {
            assertSame(first, held);
        }
    }

    @Test
    void shouldExcludeEachOtherWhenThreadsContend() throws Exception {
        final int passes = 50_000;
        final List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(started(() -> {
                for (int k = 0; k < passes; k++) {
                    region.count(() -> {});
                }
            }));
        }
        for (final FutureTask<Void> task : tasks) {
            task.get();
        }
        assertEquals(4L * passes, region.counted());
        assertEquals(0, region.violations());
    }

    @Test
    void shouldRefuseToWaitForItselfWhenOwnerLocksAgain() {
        lock.lock();
        assertNames(assertThrows(IllegalMonitorStateException.class, lock::lock));
        assertNames(assertThrows(IllegalMonitorStateException.class, lock::lockInterruptibly));
        assertNames(assertThrows(IllegalMonitorStateException.class, () -> lock.tryLock(1, TimeUnit.SECONDS)));
        lock.unlock();
    }

    @Test
    void shouldFailToTryLockWhenOwnerTriesAgain() throws InterruptedException {
        lock.lock();
        assertFalse(lock.tryLock());
        assertFalse(lock.tryLock(0, TimeUnit.SECONDS));
        lock.unlock();
    }

    @Test
    void shouldRefuseToUnlockWhenNobodyHoldsIt() {
        assertNames(assertThrows(IllegalMonitorStateException.class, lock::unlock));
    }

    @Test
    void shouldRefuseToUnlockWhenAnotherThreadHoldsIt() throws Exception {
        lock.lock();
        final FutureTask<Void> other =
                started(() -> assertNames(assertThrows(IllegalMonitorStateException.class, lock::unlock)));
        other.get();
        assertTrue(lock.isHeldByCurrentThread());
        lock.unlock();
    }

    @Test
    void shouldRefuseToUnlockWhenAnotherParticipantHoldsIt() {
        try (LockRegion other = region.joinAgain()) {
            lock.lock();
            assertThrows(IllegalMonitorStateException.class, other.lock()::unlock);
            assertThrows(IllegalMonitorStateException.class, other.lock()::markConsistent);
            assertFalse(other.lock().isHeldByCurrentThread());
            lock.unlock();
        }
    }

    @Test
    void shouldGiveUpWhenTimeIsUp() throws Exception {
        lock.lock();
        final FutureTask<Void> other = started(() -> {
            final long startNs = System.nanoTime();
            assertFalse(tryLock(50));
            final long waitedMs = (System.nanoTime() - startNs) / 1_000_000;
            assertTrue(waitedMs >= 50 && waitedMs < 5_000, "waited " + waitedMs + " ms");
        });
        other.get();
        lock.unlock();
        assertTrue(lock.tryLock());
        lock.unlock();
    }

    @Test
    void shouldGetLockInTimeWhenItIsReleasedMeanwhile() throws Exception {
        lock.lock();
        final Thread[] waiter = new Thread[1];
        final FutureTask<Void> other = new FutureTask<>(() -> {
            assertTrue(tryLock(20_000));
            lock.unlock();
            return null;
        });
        waiter[0] = new Thread(other);
        waiter[0].start();
        Await.untilBlocked(waiter[0]);
        lock.unlock();
        other.get();
        assertEquals(1, lock.waits());
        assertTrue(lock.longestWaitNs() > 0);
    }

    @Test
    void shouldThrowWhenInterruptedWhileWaiting() throws Exception {
        lock.lock();
        for (final boolean timed : new boolean[] {false, true}) {
            final FutureTask<Void> other = new FutureTask<>(() -> {
                assertThrows(InterruptedException.class, () -> {
                    if (timed) {
                        lock.tryLock(20, TimeUnit.SECONDS);
                    } else {
                        lock.lockInterruptibly();
                    }
                });
                assertFalse(Thread.currentThread().isInterrupted());
                return null;
            });
            final Thread waiter = new Thread(other);
            waiter.start();
            Await.untilBlocked(waiter);
            waiter.interrupt();
            other.get();
        }
        lock.unlock();
    }

    @Test
    void shouldThrowWhenInterruptedBeforeEvenIfFree() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, lock::lockInterruptibly);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> lock.tryLock(1, TimeUnit.SECONDS));
        assertFalse(Thread.interrupted());
        assertFalse(lock.isLocked());
    }

    @Test
    void shouldKeepInterruptForLaterWhenLockIsNotInterruptible() throws Exception {
        lock.lock();
        final FutureTask<Void> other = new FutureTask<>(() -> {
            lock.lock();
            assertTrue(Thread.currentThread().isInterrupted());
            lock.unlock();
            return null;
        });
        final Thread waiter = new Thread(other);
        waiter.start();
        Await.untilBlocked(waiter);
        waiter.interrupt();
        Await.untilBlocked(waiter);
        assertFalse(other.isDone());
        lock.unlock();
        other.get();
    }

    @Test
    void shouldTellTheNextOwnerThatOthersMaySleepWhenItHasSleptItself() throws Exception {
        lock.lock();
        final FutureTask<Void> other = new FutureTask<>(
                () -> {
                    lock.lock();
                    assertTrue(lock.toString().contains(", waiters"), lock.toString());
                    lock.unlock();
                },
                null);
        final Thread waiter = new Thread(other);
        waiter.start();
        Await.untilBlocked(waiter);
        lock.unlock();
        other.get();
        assertEquals("SharedLock[book, free]", lock.toString());
    }

    @Test
    void shouldForbidBargingWhenAWaiterStarves() throws Exception {
        lock.lock();
        final FutureTask<Void> other = started(() -> {
            lock.lock();
            lock.unlock();
        });
        Await.until("the waiter says that it starves", () -> (state() & LockDescriptor.STARVING) != 0);
        lock.unlock();
        other.get();
        assertEquals(0, state());
    }

    @Test
    void shouldMakeNewcomersQueueWhenSomebodyStarves() {
        region.memory().putLongVolatile(LOCK_OFFSET, LockDescriptor.STARVING);
        assertTrue(lock.tryLock());
        lock.unlock();
        final long startNs = System.nanoTime();
        lock.lock();
        assertTrue(System.nanoTime() - startNs > 5_000_000, "it may take the lock only when it starves itself");
        lock.unlock();
        assertEquals(0, state());
    }

    @Test
    void shouldLetNewcomersPassAgainWhenTheStarvingWaiterGivesUp() throws Exception {
        lock.lock();
        final FutureTask<Void> other = started(() -> assertFalse(tryLock(1_000)));
        Await.until("the waiter says that it starves", () -> (state() & LockDescriptor.STARVING) != 0);
        other.get();
        assertEquals(0, state() & LockDescriptor.STARVING);
        lock.unlock();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldServeMoreVirtualThreadsThanCarriersWhenOwnersSleep() throws Exception {
        final var executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        final List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            tasks.add(executor.submit(() -> {
                for (int k = 0; k < 5; k++) {
                    region.count(() -> LockSupport.parkNanos(100_000));
                }
            }));
        }
        for (final Future<?> task : tasks) {
            task.get(20, TimeUnit.SECONDS);
        }
        executor.shutdown();
        assertEquals(320, region.counted());
        assertEquals(0, region.violations());
    }

    @Test
    void shouldOfferNoConditions() {
        final UnsupportedOperationException e = assertThrows(UnsupportedOperationException.class, lock::newCondition);
        assertTrue(e.getMessage().contains("SharedObjects.condition(name, lock)"), e.getMessage());
    }

    @Test
    void shouldSayWhoHoldsIt() throws Exception {
        assertEquals("SharedLock[book, free]", lock.toString());
        lock.lock();
        final String pid = "pid " + ProcessHandle.current().pid();
        assertTrue(
                lock.toString()
                        .contains(pid + " thread '" + Thread.currentThread().getName()),
                lock.toString());
        lock.unlock();
        started(lock::lock).get();
        Await.until("the owner's end shows", () -> lock.toString().contains(pid + " a thread that has ended"));
    }

    @Test
    void shouldRefuseEverythingAfterTheRegionIsClosed() {
        lock.lock();
        region.close();
        final List<Executable> operations = List.of(
                lock::lock,
                lock::lockInterruptibly,
                lock::tryLock,
                () -> lock.tryLock(1, TimeUnit.SECONDS),
                lock::unlock,
                lock::hold,
                lock::markConsistent,
                lock::isAbandoned,
                lock::isLocked,
                lock::isHeldByCurrentThread,
                lock::waits);
        for (final Executable operation : operations) {
            final String message =
                    assertThrows(IllegalStateException.class, operation).getMessage();
            assertTrue(message.contains("book") && message.contains("closed"), message);
        }
        assertEquals("SharedLock[book, closed]", lock.toString());
    }

    @Test
    void shouldRefuseMemoryThatHoldsNoLock() {
        final CondatisException e = assertThrows(
                CondatisException.class, () -> SharedLock.at(region.memory(), 0, region.participants(), "book"));
        assertTrue(e.getMessage().contains("book"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SharedLock.initialise(region.memory(), 8));
    }

    @Test
    void shouldAllocateNothingWhenUncontended() {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                try (Hold held = lock.hold()) {
                    held.abandoned();
                }
                lock.tryLock();
                lock.unlock();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    private long state() {
        return region.memory().getLongVolatile(LOCK_OFFSET);
    }

    private boolean tryLock(final long ms) {
        try {
            return lock.tryLock(ms, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertNames(final Throwable thrown) {
        assertTrue(thrown.getMessage().contains("SharedLock[book, "), thrown.getMessage());
    }

    private static FutureTask<Void> started(final Runnable work) {
        final FutureTask<Void> task = new FutureTask<>(work, null);
        new Thread(task).start();
        return task;
    }
}
