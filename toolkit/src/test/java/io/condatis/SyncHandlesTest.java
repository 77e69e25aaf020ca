package io.condatis;

import static io.condatis.HandlesTest.awaitSuccess;
import static io.condatis.HandlesTest.read;
import static io.condatis.HandlesTest.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameMissingException;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.Abandonment;
import io.condatis.sync.SharedBarrier;
import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.LongValue;
import java.io.NotSerializableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What synchronises, as arguments of workers and in any other serialised form: handles, never content. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class SyncHandlesTest {
    private static final long DEADLINE_S = 30;
    private static final int PERMITS = 3;

    private final String name = Names.unique();

    /** One of each, by name. */
    private static Map<String, Object> everything(final SharedObjects shared) {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("lock", shared.lock("lock"));
        all.put("reentrant", shared.reentrantLock("reentrant"));
        all.put("semaphore", shared.semaphore("semaphore", 1, PERMITS));
        all.put("bounded", shared.boundedSemaphore("bounded", PERMITS));
        all.put("event", shared.event("event"));
        all.put("condition", shared.condition("condition", shared.lock("lock")));
        all.put("reentrant condition", shared.condition("reentrant condition", shared.reentrantLock("reentrant")));
        all.put("barrier", shared.barrier("barrier", 2));
        all.put("read-write", shared.readWriteLock("read-write"));
        return all;
    }

    @Test
    void shouldFindTheVeryObjectWhenReadInItsCreator() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            for (final Map.Entry<String, Object> entry : everything(shared).entrySet()) {
                assertSame(entry.getValue(), read(write(entry.getValue())), entry.getKey());
            }
        }
    }

    @Test
    void shouldFindByNameWhateverNeedsNoMore() {
        try (SharedObjects shared = SharedObjects.create(name)) {
            everything(shared).forEach((key, object) -> {
                if (object instanceof SharedCondition) {
                    assertThrows(IncompatibleLayoutException.class, () -> shared.object(key));
                } else {
                    assertSame(object, shared.object(key), key);
                }
            });
            try (SharedObjects other = SharedObjects.attach(name)) {
                everything(shared).forEach((key, object) -> {
                    if (!(object instanceof SharedCondition)) {
                        assertEquals(object.getClass(), other.object(key).getClass());
                    }
                });
            }
        }
    }

    @Test
    void shouldSayThatNameIsMissingWhenRemovedOrUnlinked() throws Exception {
        final Map<String, byte[]> handles = new LinkedHashMap<>();
        try (SharedObjects shared = SharedObjects.create(name)) {
            for (final Map.Entry<String, Object> entry : everything(shared).entrySet()) {
                handles.put(entry.getKey(), write(entry.getValue()));
            }
            shared.remove("event");
            final NameMissingException e = assertThrows(NameMissingException.class, () -> read(handles.get("event")));
            assertTrue(e.getMessage().contains("event"), e.getMessage());
            shared.event("event");
            final NameMissingException newer =
                    assertThrows(NameMissingException.class, () -> read(handles.get("event")));
            assertTrue(newer.getMessage().contains("newer object"), newer.getMessage());
        }
        handles.forEach((key, handle) -> {
            final NameMissingException e = assertThrows(NameMissingException.class, () -> read(handle), key);
            assertTrue(e.getMessage().contains(name), e.getMessage());
        });
    }

    @Test
    void shouldRefuseWhatIsPartOfAnObject() {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedBarrier barrier = shared.barrier("barrier", 2);
            final SharedReadWriteLock lock = shared.readWriteLock("lock");
            for (final Object part : List.of(
                    barrier.withTimeout(1, TimeUnit.SECONDS),
                    barrier.withAction(() -> {}),
                    lock.readLock(),
                    lock.writeLock(),
                    shared.value("locked", 'i', 1).lock())) {
                assertThrows(NotSerializableException.class, () -> write(part), part.toString());
            }
        }
    }

    @Test
    void shouldShareSemaphoresAndEventWithWorker() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedSemaphore semaphore = shared.semaphore("semaphore", 0, PERMITS);
            final SharedBoundedSemaphore bounded = shared.boundedSemaphore("bounded", PERMITS);
            final SharedEvent event = shared.event("event");
            bounded.acquire();
            try (WorkerProcess worker = WorkerProcess.start(
                    SyncHandlesTest::pass, semaphore, bounded, event, shared.longValue("permits", 0))) {
                assertTrue(event.await(DEADLINE_S, TimeUnit.SECONDS));
                assertTrue(semaphore.tryAcquire(DEADLINE_S, TimeUnit.SECONDS));
                assertTrue(worker.join(DEADLINE_S, TimeUnit.SECONDS));
                assertEquals(0, worker.exitCode().getAsInt());
            }
            assertEquals(PERMITS - 1, shared.longValue("permits").get());
            assertEquals(PERMITS - 1, bounded.availablePermits());
        }
    }

    private static void pass(
            final SharedSemaphore semaphore,
            final SharedBoundedSemaphore bounded,
            final SharedEvent event,
            final LongValue permits) {
        permits.set(bounded.availablePermits());
        event.set();
        semaphore.release();
    }

    @Test
    void shouldShareConditionWithItsLockWithWorker() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedReentrantLock lock = shared.reentrantLock("lock", Abandonment.POISON, null);
            final SharedCondition condition = shared.condition("condition", lock);
            final LongValue number = shared.longValue("number", 0);
            lock.lock();
            lock.lock();
            try (WorkerProcess worker = WorkerProcess.start(SyncHandlesTest::signal, condition, lock, number)) {
                assertTrue(condition.awaitUntil(() -> number.get() == 1, DEADLINE_S, TimeUnit.SECONDS));
                assertEquals(2, lock.holdCount());
                lock.unlock();
                lock.unlock();
                assertTrue(worker.join(DEADLINE_S, TimeUnit.SECONDS));
                assertEquals(0, worker.exitCode().getAsInt());
            }
        }
    }

    private static void signal(
            final SharedCondition condition, final SharedReentrantLock lock, final LongValue number) {
        lock.lock();
        try {
            number.set(1);
            condition.signal();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void shouldShareBarrierAndReadWriteLockWithWorker() throws Exception {
        try (SharedObjects shared = SharedObjects.create(name)) {
            final SharedBarrier barrier = shared.barrier("barrier", 2);
            final SharedReadWriteLock lock = shared.readWriteLock("lock");
            final LongValue seen = shared.longValue("seen", 0);
            final WorkerProcess worker = WorkerProcess.start(SyncHandlesTest::meet, barrier, lock, seen);
            lock.writeLock().lock();
            barrier.await(DEADLINE_S, TimeUnit.SECONDS);
            barrier.await(DEADLINE_S, TimeUnit.SECONDS);
            lock.writeLock().unlock();
            awaitSuccess(worker);
            assertEquals(1, seen.get());
            assertFalse(barrier.isBroken());
        }
    }

    private static void meet(final SharedBarrier barrier, final SharedReadWriteLock lock, final LongValue seen)
            throws Exception {
        barrier.await(DEADLINE_S, TimeUnit.SECONDS);
        if (!lock.readLock().tryLock()) {
            seen.set(1);
        }
        barrier.await(DEADLINE_S, TimeUnit.SECONDS);
        lock.readLock().lock();
        lock.readLock().unlock();
    }
}
