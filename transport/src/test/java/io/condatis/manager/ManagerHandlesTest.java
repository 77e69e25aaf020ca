package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.list.ShareableList;
import io.condatis.memory.NameMissingException;
import io.condatis.process.WorkerProcess;
import io.condatis.structure.DoubleField;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.sync.SharedBarrier;
import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.LongValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shared objects as values in a dict and items of a queue. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class ManagerHandlesTest {
    private static final long DEADLINE_S = 30;

    private final String name = Names.unique();

    @Test
    void shouldLeadToTheSameMemoryWhenSentThroughDictAndQueue() throws Exception {
        try (Manager manager = Manager.start();
                SharedObjects shared = SharedObjects.create(name);
                ShareableList list = ShareableList.create(name + "-list", List.of(0, "none"))) {
            final LongValue counter = shared.longValue("counter", 0);
            final ConcurrentMap<String, Object> dict = manager.dict("shared");
            final BlockingQueue<Object> queue = manager.joinableQueue("items", 10);
            dict.put("counter", counter);
            queue.put(list);
            try (WorkerProcess worker = WorkerProcess.start(ManagerHandlesTest::use, manager.handle())) {
                assertTrue(worker.join(DEADLINE_S, TimeUnit.SECONDS));
                assertEquals(0, worker.exitCode().getAsInt());
            }
            assertEquals(1, counter.get());
            assertEquals(List.of(1L, "worker"), list.copy());
            assertSame(counter, dict.get("counter"));
            shared.remove("counter");
            final NameMissingException e = assertThrows(NameMissingException.class, () -> dict.get("counter"));
            assertTrue(e.getMessage().contains("counter"), e.getMessage());
            list.sharedMemory().unlink();
        }
    }

    private static void use(final ManagerHandle handle) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            final ConcurrentMap<String, LongValue> dict = manager.dict("shared");
            dict.get("counter").incrementAndGet();
            final BlockingQueue<ShareableList> queue = manager.joinableQueue("items", 10);
            final ShareableList list = queue.poll(DEADLINE_S, TimeUnit.SECONDS);
            list.getAndAddLong(0, 1);
            list.set(1, "worker");
        }
    }

    @Test
    @DisplayName("test_shared_memory_SharedMemoryServer_ignores_sigint")
    void shouldServeOnWhenTheServerGetsSigint() throws Exception {
        try (Manager manager = Manager.start();
                ShareableList list = ShareableList.create(name, List.of(1))) {
            final ConcurrentMap<String, Object> dict = manager.dict("shared");
            dict.put("list", list);
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        0,
                        new ProcessBuilder("kill", "-INT", Long.toString(manager.serverPid()))
                                .start()
                                .waitFor());
                assertEquals(list.size(), ((ShareableList) dict.get("list")).size());
            }
            assertTrue(ProcessHandle.of(manager.serverPid()).orElseThrow().isAlive());
            list.sharedMemory().unlink();
        }
    }

    /** A structure, which the manager need not be told of: only its handle travels. */
    @SuppressWarnings("serial")
    private static final class Quote extends Structure {
        final DoubleField bid = doubleField();
    }

    @Test
    void shouldLeadToTheSameStructuresAndLocksWhenSentThroughDictAndQueue() throws Exception {
        try (Manager manager = Manager.start();
                SharedObjects shared = SharedObjects.create(name)) {
            final SharedReentrantLock lock = shared.reentrantLock("lock");
            final Map<String, Object> objects = new LinkedHashMap<>();
            objects.put("structure", shared.structure("structure", Quote::new));
            objects.put("array", shared.structureArray("array", Quote::new, 2));
            objects.put("snapshot", shared.snapshot("snapshot", Quote::new));
            objects.put("lock", shared.lock("plain"));
            objects.put("reentrant", lock);
            objects.put("semaphore", shared.semaphore("semaphore", 0, 10));
            objects.put("bounded", shared.boundedSemaphore("bounded", 3));
            objects.put("event", shared.event("event"));
            objects.put("condition", shared.condition("condition", lock));
            objects.put("barrier", shared.barrier("barrier", 2));
            objects.put("read-write", shared.readWriteLock("read-write"));
            final ConcurrentMap<String, Object> dict = manager.dict("shared");
            final BlockingQueue<Object> queue = manager.joinableQueue("items", 20);
            dict.putAll(objects);
            for (final Object object : objects.values()) {
                queue.put(object);
            }
            try (WorkerProcess worker = WorkerProcess.start(ManagerHandlesTest::useAll, manager.handle())) {
                shared.barrier("barrier", 2).await(DEADLINE_S, TimeUnit.SECONDS);
                assertTrue(worker.join(DEADLINE_S, TimeUnit.SECONDS));
                assertEquals(0, worker.exitCode().getAsInt());
            }
            assertEquals(1.5, shared.structure("structure", Quote::new).bid.get());
            assertEquals(
                    2.5, shared.structureArray("array", Quote::new, 2).at(1).bid.get());
            assertEquals(3.5, shared.snapshot("snapshot", Quote::new).read().bid.get());
            assertEquals(2, shared.semaphore("semaphore", 0, 10).availablePermits());
            assertTrue(shared.event("event").isSet());
            assertSame(lock, dict.get("reentrant"));

            shared.remove("event");
            shared.remove("structure");
            for (final String gone : List.of("event", "structure")) {
                final NameMissingException e = assertThrows(NameMissingException.class, () -> dict.get(gone));
                assertTrue(e.getMessage().contains(gone), e.getMessage());
            }
        }
    }

    private static void useAll(final ManagerHandle handle) throws Exception {
        try (Manager manager = Manager.connect(handle)) {
            final ConcurrentMap<String, Object> dict = manager.dict("shared");
            final BlockingQueue<Object> queue = manager.joinableQueue("items", 20);
            for (final boolean fromQueue : new boolean[] {true, false}) {
                final Source source = fromQueue ? key -> queue.poll(DEADLINE_S, TimeUnit.SECONDS) : dict::get;
                ((Quote) source.next("structure")).bid.set(1.5);
                ((StructureArray<?>) source.next("array")).at(1).copyFrom(quote(2.5));
                ((Snapshot<?>) source.next("snapshot")).write(q -> q.copyFrom(quote(3.5)));
                final SharedLock lock = (SharedLock) source.next("lock");
                lock.lock();
                lock.unlock();
                final SharedReentrantLock reentrant = (SharedReentrantLock) source.next("reentrant");
                ((SharedSemaphore) source.next("semaphore")).release();
                ((SharedBoundedSemaphore) source.next("bounded")).acquire();
                ((SharedEvent) source.next("event")).set();
                final SharedCondition condition = (SharedCondition) source.next("condition");
                reentrant.lock();
                condition.signalAll();
                reentrant.unlock();
                final SharedBarrier barrier = (SharedBarrier) source.next("barrier");
                if (fromQueue) {
                    barrier.await(DEADLINE_S, TimeUnit.SECONDS);
                }
                ((SharedReadWriteLock) source.next("read-write")).readLock().lock();
            }
        }
    }

    /** Where objects come from, in their order. */
    private interface Source {
        Object next(String key) throws InterruptedException;
    }

    private static Quote quote(final double bid) {
        final Quote quote = new Quote();
        quote.wrap(new UnsafeBuffer(BufferUtil.allocateDirectAligned(quote.size(), Long.BYTES)), 0);
        quote.bid.set(bid);
        return quote;
    }
}
