package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shortest and the longest waits that can be asked for. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class TimesTest {
    @TempDir
    Path directory;

    private SyncRegion region;
    private SyncRegion other;
    private SharedEvent event;

    @BeforeEach
    void join() {
        region = SyncRegion.create(directory);
        other = SyncRegion.attach(directory);
        final var memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(SharedEvent.LENGTH, 64));
        SharedEvent.initialise(memory, 0);
        event = SharedEvent.at(memory, 0, region.participants(), "event");
    }

    @AfterEach
    void leave() {
        other.close();
        region.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
    void shouldNotWaitWhenThereIsNoTime(final long time) throws Exception {
        assertFalse(event.await(time, TimeUnit.DAYS));
        for (final Lock lock : List.of(
                other.lock(), other.reentrantLock(), other.readWriteLock().writeLock())) {
            lock.lock();
        }
        assertFalse(region.lock().tryLock(time, TimeUnit.DAYS));
        assertFalse(region.reentrantLock().tryLock(time, TimeUnit.DAYS));
        assertFalse(region.readWriteLock().readLock().tryLock(time, TimeUnit.DAYS));
        assertFalse(region.readWriteLock().writeLock().tryLock(time, TimeUnit.DAYS));
        other.readWriteLock().writeLock().unlock();
        other.readWriteLock().readLock().lock();
        assertFalse(region.readWriteLock().writeLock().tryLock(time, TimeUnit.DAYS), "somebody reads");
        other.lock().unlock();
        region.lock().lock();
        assertFalse(region.condition().await(time, TimeUnit.DAYS));
        assertFalse(region.condition().awaitUntil(() -> false, time, TimeUnit.DAYS));
        assertFalse(region.condition().awaitUntil(new Date(time)));
        assertTrue(region.condition().awaitNanos(time) <= 0);
        region.lock().unlock();
        assertThrows(BrokenBarrierException.class, () -> region.barrier(2).await(time, TimeUnit.DAYS));
        assertThrows(
                BrokenBarrierException.class,
                () -> region.barrier(3).withTimeout(time, TimeUnit.DAYS).await());
    }

    @Test
    void shouldWaitForAllTimeWhenThatIsAskedFor() throws Exception {
        final Date never = new Date(Long.MAX_VALUE);
        final FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            region.lock().lock();
            try {
                return region.condition().awaitUntil(never)
                        && region.condition().await(Long.MAX_VALUE, TimeUnit.DAYS)
                        && region.condition().awaitNanos(Long.MAX_VALUE) > 0;
            } finally {
                region.lock().unlock();
            }
        });
        new Thread(waiter).start();
        for (int i = 0; i < 3; i++) {
            Await.until("it waits", () -> other.condition().waiters() == 1);
            other.lock().lock();
            other.condition().signal();
            other.lock().unlock();
        }
        assertTrue(waiter.get(10, TimeUnit.SECONDS));
        final FutureTask<Object> forEver = new FutureTask<>(() -> {
            assertTrue(event.await(Long.MAX_VALUE, TimeUnit.DAYS));
            assertTrue(region.lock().tryLock(Long.MAX_VALUE, TimeUnit.DAYS));
            region.lock().unlock();
            return region.barrier(2).await(Long.MAX_VALUE, TimeUnit.DAYS);
        });
        final Thread thread = new Thread(forEver);
        thread.start();
        Await.until("it waits", () -> event.toString().contains("waiters"));
        event.set();
        Await.until("it waits again", () -> other.barrier(2).waiting() == 1);
        thread.interrupt();
        assertThrows(ExecutionException.class, () -> forEver.get(10, TimeUnit.SECONDS));
    }
}
