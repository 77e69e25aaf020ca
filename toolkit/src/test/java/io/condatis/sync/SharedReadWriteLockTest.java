package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The read-write lock among threads of one process. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class SharedReadWriteLockTest {
    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private SyncRegion region;
    private SharedReadWriteLock lock;
    private Lock read;
    private Lock write;

    @BeforeEach
    void createRegion() {
        region = SyncRegion.create(directory);
        lock = region.readWriteLock();
        read = lock.readLock();
        write = lock.writeLock();
    }

    @AfterEach
    void closeRegion() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
        region.close();
    }

    @Test
    void shouldLetReadersInTogetherAndWritersAlone() throws Exception {
        read.lock();
        assertTrue(elsewhere(read::tryLock));
        assertFalse(elsewhere(write::tryLock));
        assertFalse(elsewhere(() -> write.tryLock(1, TimeUnit.MILLISECONDS)));
        assertEquals(2, lock.readers());
        read.unlock();
        assertThrows(IllegalMonitorStateException.class, read::unlock);
        assertThrows(IllegalMonitorStateException.class, write::unlock);
    }

    @Test
    void shouldKeepEverybodyOutWhileOneWrites() throws Exception {
        write.lock();
        assertTrue(lock.isWriteLocked());
        assertTrue(lock.isWriteLockedByCurrentThread());
        assertFalse(elsewhere(read::tryLock));
        assertFalse(elsewhere(() -> read.tryLock(1, TimeUnit.MILLISECONDS)));
        assertFalse(elsewhere(write::tryLock));
        assertThrows(IllegalMonitorStateException.class, write::lock);
        write.unlock();
        assertTrue(elsewhere(read::tryLock));
    }

    @Test
    void shouldLetNoNewReaderPassAWriterThatWaits() throws Exception {
        read.lock();
        final Future<Boolean> writer = threads.submit(() -> locked(write));
        Await.until("the writer waits", () -> lock.toString().contains("held by"));
        assertFalse(elsewhere(read::tryLock));
        final Future<Boolean> reader = threads.submit(() -> locked(read));
        read.unlock();
        assertTrue(writer.get());
        assertTrue(reader.get());
        assertEquals(0, lock.readers());
    }

    @Test
    void shouldAllowNestedReadingEvenBesideAWriterThatWaits() throws Exception {
        read.lock();
        final Future<Boolean> writer = threads.submit(() -> locked(write));
        Await.until("the writer waits", () -> lock.toString().contains("held by"));
        read.lock();
        assertTrue(read.tryLock());
        assertEquals(3, lock.readers());
        for (int i = 0; i < 3; i++) {
            assertFalse(writer.isDone());
            read.unlock();
        }
        assertTrue(writer.get());
    }

    @Test
    void shouldAllowAWriterToGoOnReading() throws Exception {
        write.lock();
        read.lock();
        write.unlock();
        assertTrue(elsewhere(() -> locked(read)));
        assertFalse(elsewhere(write::tryLock));
        read.unlock();
        assertTrue(elsewhere(() -> locked(write)));
    }

    @Test
    void shouldRefuseAReaderThatWantsToWrite() {
        read.lock();
        assertFalse(write.tryLock());
        assertThrows(IllegalMonitorStateException.class, write::lock);
        read.unlock();
        write.lock();
        write.unlock();
    }

    @Test
    void shouldMakeReadersWaitWhenThereAreTooMany() throws Exception {
        for (int i = 0; i < lock.maxReaders(); i++) {
            read.lock();
        }
        assertThrows(IllegalStateException.class, read::lock);
        assertFalse(elsewhere(read::tryLock));
        final Future<Boolean> next = threads.submit(() -> locked(read));
        Await.until("it waits", () -> lock.toString().contains("held by"));
        read.unlock();
        assertTrue(next.get());
        for (int i = 1; i < lock.maxReaders(); i++) {
            read.unlock();
        }
    }

    @Test
    void shouldGiveUpWhenInterrupted() throws Exception {
        read.lock();
        final Future<?> writer = threads.submit(() -> {
            write.lockInterruptibly();
            return null;
        });
        Await.until("the writer waits", () -> lock.toString().contains("held by"));
        writer.cancel(true);
        Await.until("the gate is free", () -> !lock.toString().contains("held by"));
        assertTrue(elsewhere(() -> locked(read)));
        read.unlock();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> read.tryLock(1, TimeUnit.SECONDS));
        write.lock();
        Thread.currentThread().interrupt();
        write.unlock();
        assertTrue(Thread.interrupted());
    }

    @Test
    void shouldStarveNobodyWhenReadersNeverEnd() throws Exception {
        final List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(threads.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    locked(read);
                }
            }));
        }
        for (int i = 0; i < 100; i++) {
            assertTrue(write.tryLock(10, TimeUnit.SECONDS));
            write.unlock();
        }
        readers.forEach(reader -> reader.cancel(true));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldServeMoreVirtualThreadsThanCarriers() throws Exception {
        final ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        final List<Future<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            final Lock side = i % 4 == 0 ? write : read;
            done.add(virtual.submit(() -> {
                side.lock();
                Thread.sleep(1);
                side.unlock();
                return true;
            }));
        }
        for (final Future<Boolean> each : done) {
            assertTrue(each.get());
        }
        virtual.shutdown();
        assertEquals(0, lock.readers());
    }

    private static Boolean locked(final Lock side) {
        side.lock();
        side.unlock();
        return true;
    }

    private Boolean elsewhere(final Callable<Boolean> step) throws Exception {
        final ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            return other.submit(step).get();
        } finally {
            other.shutdown();
        }
    }
}
