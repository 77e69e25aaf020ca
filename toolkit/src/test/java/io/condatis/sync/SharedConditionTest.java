package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The condition among threads of one process, where the contract of all flavours does not reach. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class SharedConditionTest {
    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SyncRegion region;
    private SharedLock lock;
    private SharedCondition condition;

    @BeforeEach
    void createRegion() {
        region = SyncRegion.create(directory);
        lock = region.lock();
        condition = region.condition();
    }

    @AfterEach
    void closeRegion() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        region.close();
    }

    @Test
    void shouldServeWaitersInTheirOrder() throws Exception {
        final List<Integer> order = new ArrayList<>();
        final List<Future<?>> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            final int number = i;
            waiters.add(threads.submit(() -> {
                lock.lock();
                condition.awaitUninterruptibly();
                order.add(number);
                lock.unlock();
            }));
            awaitWaiters(i + 1);
        }
        for (final Future<?> waiter : waiters) {
            lock.lock();
            condition.signal();
            lock.unlock();
            waiter.get();
        }
        assertEquals(List.of(0, 1, 2, 3, 4), order);
    }

    @Test
    void shouldNotLoseTheSignalWhenTheWaiterIsInterruptedToo() throws Exception {
        for (int i = 0; i < 20; i++) {
            final boolean[] interrupted = {false};
            final Thread waiter = new Thread(() -> {
                lock.lock();
                try {
                    condition.await();
                    interrupted[0] = Thread.interrupted();
                } catch (final InterruptedException e) {
                    throw new AssertionError("the signal came first", e);
                } finally {
                    lock.unlock();
                }
            });
            final Throwable[] failure = {null};
            waiter.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
            waiter.start();
            awaitWaiters(1);
            lock.lock();
            condition.signal();
            waiter.interrupt();
            lock.unlock();
            waiter.join();
            assertEquals(null, failure[0]);
            assertTrue(interrupted[0]);
        }
    }

    @Test
    void shouldKeepTheInterruptWhenWaitingUninterruptibly() throws Exception {
        final Future<Boolean> waiter = threads.submit(() -> {
            lock.lock();
            Thread.currentThread().interrupt();
            condition.awaitUninterruptibly();
            lock.unlock();
            return Thread.interrupted();
        });
        awaitWaiters(1);
        lock.lock();
        condition.signal();
        lock.unlock();
        assertTrue(waiter.get());
    }

    @Test
    void shouldSayNoWhenTheDeadlineHasPassed() throws Exception {
        lock.lock();
        assertFalse(condition.awaitUntil(new Date(System.currentTimeMillis() - 1)));
        assertFalse(condition.awaitUntil(new Date(System.currentTimeMillis() + 5)));
        assertEquals(0, condition.waiters());
        lock.unlock();
    }

    @Test
    void shouldRefuseMoreWaitersThanItHasRoomFor() throws Exception {
        final SharedCondition narrow = region.narrowCondition();
        final Future<?> first = threads.submit(() -> {
            lock.lock();
            narrow.awaitUninterruptibly();
            lock.unlock();
        });
        Await.until("it waits", () -> narrow.waiters() == 1 && !lock.isLocked());
        lock.lock();
        assertThrows(IllegalStateException.class, narrow::await);
        assertTrue(lock.isHeldByCurrentThread());
        narrow.signal();
        lock.unlock();
        first.get();
    }

    @Test
    void shouldRefuseToWaitForItselfAfterClose() {
        final SharedCondition gone = region.condition();
        lock.lock();
        lock.unlock();
        region.close();
        assertThrows(IllegalStateException.class, gone::signal);
        assertTrue(gone.toString().contains("closed"));
        region = SyncRegion.attach(directory);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldServeMoreVirtualThreadsThanCarriers() throws Exception {
        final ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        final List<Future<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            waiters.add(virtual.submit(() -> {
                lock.lock();
                try {
                    return condition.await(20, TimeUnit.SECONDS);
                } finally {
                    lock.unlock();
                }
            }));
        }
        awaitWaiters(32);
        lock.lock();
        condition.signalAll();
        lock.unlock();
        for (final Future<Boolean> waiter : waiters) {
            assertTrue(waiter.get());
        }
        virtual.shutdown();
    }

    private void awaitWaiters(final int count) {
        Await.until(count + " wait", () -> condition.waiters() == count && !lock.isLocked());
    }
}
