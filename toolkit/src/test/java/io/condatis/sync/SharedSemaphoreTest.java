package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.error.CondatisException;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.SyncPeers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Both semaphores, beyond what CPython's tests ask. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SharedSemaphoreTest {
    private SharedMemoryFlavour flavour;
    private SharedObjects shared;

    @BeforeEach
    void createFlavour() {
        flavour = new SharedMemoryFlavour();
        shared = flavour.shared();
    }

    @AfterEach
    void closeFlavour() {
        flavour.close();
    }

    @Test
    void shouldWakeTwoSleepersWhenReleasedTwiceAtOnce() throws Exception {
        for (int round = 0; round < 200; round++) {
            final SharedSemaphore semaphore = shared.semaphore("s" + round, 0, 2);
            final FutureTask<Void> first = started(semaphore::acquireUninterruptibly);
            final FutureTask<Void> second = started(semaphore::acquireUninterruptibly);
            semaphore.release();
            semaphore.release();
            first.get(10, TimeUnit.SECONDS);
            second.get(10, TimeUnit.SECONDS);
            assertEquals(0, semaphore.availablePermits());
        }
    }

    @Test
    void shouldNeverLetMoreInThanThereArePermitsWhenThreadsContend() throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("s", 3);
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tasks.add(started(() -> {
                for (int k = 0; k < 5_000; k++) {
                    try (Permit permit = semaphore.permit()) {
                        assertNotNull(permit);
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                    }
                }
            }));
        }
        for (final FutureTask<Void> task : tasks) {
            task.get(30, TimeUnit.SECONDS);
        }
        assertTrue(most.get() <= 3, "inside at once: " + most);
        assertEquals(3, semaphore.availablePermits());
    }

    @Test
    void shouldGetAllPermitsBackWhenAProcessThatHadSomeIsKilled() throws Exception {
        final SharedSemaphore semaphore = shared.semaphore("semaphore", 3, 64);
        try (SyncPeers peers = new SyncPeers(flavour)) {
            final ForkedJvm owner = peers.joined();
            SyncPeers.ask(owner, "acquire semaphore");
            SyncPeers.ask(owner, "acquire semaphore");
            assertTrue(semaphore.tryAcquire());
            assertTrue(semaphore.toString().contains("pid " + owner.pid()), semaphore::toString);
            owner.signal("STOP");
            assertFalse(semaphore.tryAcquire(300, TimeUnit.MILLISECONDS), "a stopped owner keeps its permits");
            owner.signal("CONT");
            final FutureTask<Void> waiter = started(semaphore::acquireUninterruptibly);
            owner.kill();
            waiter.get(1, TimeUnit.SECONDS);
            assertEquals(1, semaphore.availablePermits());
            assertTrue(semaphore.tryAcquire());
            assertEquals(2, semaphore.recoveries());
            assertFalse(semaphore.tryAcquire());
        }
    }

    @Test
    void shouldGiveBackTheCallersOwnPermitFirst() throws Exception {
        final SharedSemaphore semaphore = shared.semaphore("semaphore", 2, 64);
        try (SyncPeers peers = new SyncPeers(flavour)) {
            final ForkedJvm other = peers.joined();
            SyncPeers.ask(other, "acquire semaphore");
            semaphore.acquire();
            semaphore.release();
            other.kill();
            SyncPeers.awaitKilled(other);
            assertEquals(2, semaphore.availablePermits(), "the other's permit was still the other's");
        }
    }

    @Test
    void shouldLetAnybodyReleaseWhenBounded() throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("bounded1", 1);
        try (SyncPeers peers = new SyncPeers(flavour)) {
            SyncPeers.ask(peers.joined(), "acquire bounded1");
            semaphore.release();
            assertEquals(1, semaphore.availablePermits());
            assertThrows(IllegalStateException.class, semaphore::release);
        }
    }

    @Test
    void shouldRefuseToGrowBeyondItsMaximum() {
        final SharedSemaphore semaphore = shared.semaphore("s", 0, 2);
        semaphore.release();
        semaphore.release();
        final String message =
                assertThrows(IllegalStateException.class, semaphore::release).getMessage();
        assertTrue(message.contains("[s, 2 available") && message.contains("maxPermits=2"), message);
        assertEquals(2, semaphore.maxPermits());
    }

    @Test
    void shouldHaveNoPermitsWhenMadeWithNone() throws Exception {
        final SharedBoundedSemaphore none = shared.boundedSemaphore("none", 0);
        assertFalse(none.tryAcquire());
        assertFalse(none.tryAcquire(1, TimeUnit.MILLISECONDS));
        assertThrows(IllegalStateException.class, none::release);
    }

    @Test
    void shouldRefuseImpossibleNumbers() {
        assertThrows(IllegalArgumentException.class, () -> shared.semaphore("s", 3, 2));
        assertThrows(IllegalArgumentException.class, () -> shared.semaphore("s", -1, 2));
        assertThrows(IllegalArgumentException.class, () -> shared.boundedSemaphore("s", -1));
        shared.boundedSemaphore("s", 2);
        assertThrows(IncompatibleLayoutException.class, () -> shared.boundedSemaphore("s", 3));
        assertThrows(IncompatibleLayoutException.class, () -> shared.semaphore("s", 2, 2));
    }

    @Test
    void shouldThrowAndTakeNothingWhenInterrupted() throws Exception {
        final SharedSemaphore semaphore = shared.semaphore("s", 0, 2);
        final FutureTask<Void> waiter = new FutureTask<>(
                () -> {
                    assertThrows(InterruptedException.class, semaphore::acquire);
                    assertFalse(Thread.currentThread().isInterrupted());
                },
                null);
        final Thread thread = new Thread(waiter);
        thread.start();
        Await.untilBlocked(thread);
        thread.interrupt();
        waiter.get(10, TimeUnit.SECONDS);
        semaphore.release();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> semaphore.tryAcquire(1, TimeUnit.SECONDS));
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void shouldKeepInterruptForLaterWhenNotInterruptible() throws Exception {
        final SharedSemaphore semaphore = shared.semaphore("s", 0, 2);
        final FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            semaphore.acquireUninterruptibly();
            return Thread.currentThread().isInterrupted();
        });
        final Thread thread = new Thread(waiter);
        thread.start();
        Await.untilBlocked(thread);
        thread.interrupt();
        Await.untilBlocked(thread);
        assertFalse(waiter.isDone());
        semaphore.release();
        assertTrue(waiter.get(10, TimeUnit.SECONDS));
    }

    @Test
    void shouldCountWaitsOnlyOfThoseThatSlept() throws Exception {
        final SharedSemaphore semaphore = shared.semaphore("s", 1, 2);
        semaphore.acquire();
        assertEquals(0, semaphore.waits());
        final Thread[] thread = new Thread[1];
        final FutureTask<Void> waiter = new FutureTask<>(semaphore::acquireUninterruptibly, null);
        thread[0] = new Thread(waiter);
        thread[0].start();
        Await.untilBlocked(thread[0]);
        semaphore.release();
        waiter.get(10, TimeUnit.SECONDS);
        assertEquals(1, semaphore.waits());
        assertTrue(semaphore.longestWaitNs() > 0);
    }

    @Test
    void shouldReleaseAtTheEndOfABlock() {
        final SharedSemaphore semaphore = shared.semaphore("s", 1, 1);
        final Permit first;
        try (Permit permit = semaphore.permit()) {
            assertEquals(0, semaphore.availablePermits());
            first = permit;
        }
        assertEquals(1, semaphore.availablePermits());
        try (Permit permit = semaphore.permit()) {
            assertSame(first, permit);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldServeMoreVirtualThreadsThanCarriers() throws Exception {
        final SharedBoundedSemaphore semaphore = shared.boundedSemaphore("s", 2);
        final SharedEvent start = shared.event("start");
        final var executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        final List<Future<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            tasks.add(executor.submit(() -> {
                start.await();
                for (int k = 0; k < 5; k++) {
                    try (Permit permit = semaphore.permit()) {
                        LockSupport.parkNanos(permit, 100_000);
                    }
                }
                return null;
            }));
        }
        start.set();
        for (final Future<?> task : tasks) {
            task.get(20, TimeUnit.SECONDS);
        }
        executor.shutdown();
        assertEquals(2, semaphore.availablePermits());
    }

    @Test
    void shouldRefuseEverythingAfterClose() {
        final SharedSemaphore semaphore = shared.semaphore("s", 1, 2);
        shared.close();
        final List<Executable> operations = List.of(
                semaphore::acquire,
                semaphore::acquireUninterruptibly,
                semaphore::tryAcquire,
                () -> semaphore.tryAcquire(1, TimeUnit.SECONDS),
                semaphore::release,
                semaphore::availablePermits,
                semaphore::waits);
        for (final Executable operation : operations) {
            assertThrows(IllegalStateException.class, operation);
        }
        assertEquals("SharedSemaphore[s, closed]", semaphore.toString());
    }

    @Test
    void shouldLieWhereItsLayoutSays(@TempDir final Path directory) {
        try (LockRegion region = LockRegion.create(directory)) {
            final AtomicBuffer memory = region.memory();
            final int offset = LockRegion.SPARE_OFFSET;
            SharedBoundedSemaphore.initialise(memory, offset, 9);
            assertEquals(192, SharedBoundedSemaphore.lengthBytes(9));
            final SharedBoundedSemaphore semaphore =
                    SharedBoundedSemaphore.at(memory, offset, region.participants(), "s");
            assertTrue(semaphore.tryAcquire());
            final long slot = region.participants().slot();
            assertEquals(1L << 44 | slot << 32 | ThreadOrdinal.current().number(), memory.getLong(offset + 64));
            assertEquals(0x4253_454D, memory.getInt(offset + 4));
            assertEquals(9, memory.getInt(offset + 8));
            memory.putLong(offset + 16, 7);
            assertEquals(7, semaphore.recoveries());
            semaphore.release();
            assertEquals(0, memory.getLong(offset + 64));
            assertThrows(CondatisException.class, () -> SharedSemaphore.at(memory, offset, region.participants(), "s"));
            SharedSemaphore.initialise(memory, offset, 1, 2);
            assertEquals(-1, memory.getLong(offset + 72));
        }
    }

    private static FutureTask<Void> started(final Runnable work) {
        final FutureTask<Void> task = new FutureTask<>(work, null);
        new Thread(task).start();
        return task;
    }
}
