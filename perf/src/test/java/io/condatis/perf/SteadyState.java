package io.condatis.perf;

import io.condatis.SharedObjects;
import io.condatis.list.ShareableList;
import io.condatis.manager.ByteQueue;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.ManagedLock;
import io.condatis.manager.ManagedSemaphore;
import io.condatis.manager.Manager;
import io.condatis.manager.SharedArray;
import io.condatis.manager.SharedDict;
import io.condatis.memory.SharedMemory;
import io.condatis.structure.DoubleField;
import io.condatis.structure.LongField;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.sync.Doorbell;
import io.condatis.sync.Hold;
import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import io.condatis.value.BooleanArray;
import io.condatis.value.DoubleArray;
import io.condatis.value.DoubleValue;
import io.condatis.value.FloatValue;
import io.condatis.value.IntArray;
import io.condatis.value.IntValue;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The list of operations that a program repeats in its steady state, none of which may allocate on the thread that calls it,
 * while nobody has to wait. A new one is a line here.
 */
final class SteadyState {
    private static final int LENGTH = 8;
    private static final int ITEM_LENGTH = 100;
    private static final int DRAIN_LIMIT = 64;
    private static final long LARGE = 1L << 40;

    private final Map<String, Runnable> operations = new LinkedHashMap<>();

    private SteadyState() {}

    /** Operations on objects in shared memory, by name. */
    static Map<String, Runnable> of(final SharedObjects shared, final ShareableList list, final SharedMemory memory) {
        final SteadyState all = new SteadyState();
        all.values(shared);
        all.arrays(shared);
        all.structures(shared);
        all.list(list);
        all.memory(memory);
        all.locks(shared);
        all.signals(shared, memory);
        return all.operations;
    }

    /** Operations on objects of a manager, by name. */
    static Map<String, Runnable> of(final Manager manager) {
        final SteadyState all = new SteadyState();
        all.managedContainers(manager);
        all.managedLocks(manager);
        all.queue("JoinableQueue", manager.<byte[]>joinableQueue(0));
        final ByteQueue plain = manager.<byte[]>queue(0).bytes();
        all.operations.put("SharedQueue bytes", passage(plain));
        return all.operations;
    }

    /** What the list of ShareableList has to be filled with. */
    static Iterable<Object> items() {
        return Arrays.asList(1 << 20, 1.5, "text", null);
    }

    private void values(final SharedObjects shared) {
        final LongValue longValue = shared.longValue("long", 0);
        final IntValue shortValue = shared.value("short", 'h', 0);
        final FloatValue floatValue = shared.floatValue("float", 0);
        final DoubleValue doubleValue = shared.doubleValue("double", 0);
        operations.put("LongValue get, set", () -> longValue.set(longValue.get() + 1));
        operations.put("LongValue incrementAndGet", longValue::incrementAndGet);
        operations.put("LongValue compareAndSet", () -> longValue.compareAndSet(1, 2));
        operations.put("LongValue accumulateAndGet", () -> longValue.accumulateAndGet(LARGE, Math::max));
        operations.put("IntValue of 16 bits updateAndGet", () -> shortValue.updateAndGet(value -> value + 1));
        operations.put("FloatValue addAndGet", () -> floatValue.addAndGet(0.5f));
        operations.put("DoubleValue addAndGet", () -> doubleValue.addAndGet(0.5));
    }

    private void arrays(final SharedObjects shared) {
        final LongArray longs = shared.longArray("longs", LENGTH);
        final IntArray bytes = shared.array("bytes", 'B', LENGTH);
        final DoubleArray doubles = shared.doubleArray("doubles", LENGTH);
        final BooleanArray flags = shared.booleanArray("flags", LENGTH);
        final long[] copy = new long[LENGTH];
        operations.put("LongArray get, set", () -> longs.set(1, longs.get(2)));
        operations.put("LongArray getAndAdd", () -> longs.getAndAdd(1, LARGE));
        operations.put("LongArray getAll", () -> longs.getAll(0, copy, 0, LENGTH));
        operations.put("LongArray fill", () -> longs.fill(LARGE));
        operations.put("IntArray of bytes getAndAdd", () -> bytes.getAndAdd(1, 200));
        operations.put("DoubleArray addAndGet", () -> doubles.addAndGet(1, 0.5));
        operations.put("BooleanArray get, set", () -> flags.set(1, !flags.get(2)));
    }

    private void structures(final SharedObjects shared) {
        final StructureArray<Quote> quotes = shared.structureArray("quotes", Quote::new, LENGTH);
        final Snapshot<Quote> snapshot = shared.snapshot("quote", Quote::new);
        operations.put("StructureArray at, field get, set", () -> {
            final Quote quote = quotes.at(1);
            quote.price.set(quote.price.get() + 1);
        });
        operations.put("Snapshot write", () -> snapshot.write(quote -> quote.sequence.set(LARGE)));
        operations.put(
                "Snapshot read",
                () -> quotes.at(2).sequence.set(snapshot.read().sequence.get()));
    }

    private void list(final ShareableList list) {
        operations.put("ShareableList getLong, setLong", () -> list.setLong(0, list.getLong(0) + 1));
        operations.put("ShareableList getDouble, setDouble", () -> list.setDouble(1, list.getDouble(1) + 1));
        operations.put("ShareableList getAndAddLong", () -> list.getAndAddLong(0, 1));
    }

    private void memory(final SharedMemory memory) {
        final AtomicBuffer buffer = memory.buffer();
        operations.put("SharedMemory buffer", () -> buffer.putLong(0, buffer.getAndAddLong(LENGTH, 1)));
    }

    private void locks(final SharedObjects shared) {
        final SharedLock lock = shared.lock("lock");
        final SharedReentrantLock reentrant = shared.reentrantLock("reentrant");
        final SharedSemaphore semaphore = shared.semaphore("semaphore", 2, 2);
        final SharedBoundedSemaphore bounded = shared.boundedSemaphore("bounded", 2);
        final SharedReadWriteLock readWrite = shared.readWriteLock("read-write");
        operations.put("SharedLock lock, unlock", () -> {
            lock.lock();
            lock.unlock();
        });
        operations.put("SharedLock hold", () -> {
            try (Hold held = lock.hold()) {
                held.abandoned();
            }
        });
        operations.put("SharedReentrantLock twice", () -> {
            reentrant.lock();
            reentrant.tryLock();
            reentrant.unlock();
            reentrant.unlock();
        });
        operations.put("SharedSemaphore permit", () -> semaphore.permit().close());
        operations.put("SharedBoundedSemaphore permit", () -> bounded.permit().close());
        operations.put("SharedReadWriteLock read", () -> {
            readWrite.readLock().lock();
            readWrite.readLock().unlock();
        });
        operations.put("SharedReadWriteLock write", () -> {
            readWrite.writeLock().lock();
            readWrite.writeLock().unlock();
        });
    }

    private void signals(final SharedObjects shared, final SharedMemory memory) {
        final SharedEvent event = shared.event("event");
        final SharedLock lock = shared.lock("lock");
        final SharedCondition condition = shared.condition("condition", lock);
        final Doorbell doorbell = new Doorbell(memory.buffer(), Doorbell.LENGTH);
        operations.put("SharedEvent set, isSet, clear", () -> {
            event.set();
            event.isSet();
            event.clear();
        });
        operations.put("SharedCondition signal", () -> {
            lock.lock();
            condition.signal();
            lock.unlock();
        });
        operations.put("Doorbell ring", doorbell::ring);
    }

    private void managedContainers(final Manager manager) {
        final SharedDict<String, Long> dict = manager.dict("dict");
        final SharedArray array = manager.array('q', LENGTH);
        dict.putLong("key", LARGE);
        operations.put("SharedDict getLong", () -> dict.getLong("key", 0));
        operations.put("SharedDict putLong", () -> dict.putLong("key", LARGE));
        operations.put("SharedDict addAndGet", () -> dict.addAndGet("key", LARGE));
        operations.put("SharedArray getLong", () -> array.getLong(1));
        operations.put("SharedArray setLong", () -> array.setLong(1, LARGE));
        operations.put("SharedArray addAndGet", () -> array.addAndGet(1, LARGE));
    }

    private void managedLocks(final Manager manager) {
        final ManagedLock lock = manager.lock("lock");
        final ManagedLock reentrant = manager.reentrantLock("reentrant");
        final ManagedSemaphore semaphore = manager.boundedSemaphore("semaphore", 1);
        operations.put("ManagedLock lock, unlock", () -> {
            lock.lock();
            lock.unlock();
        });
        operations.put("ManagedLock reentrant, twice", () -> {
            reentrant.lock();
            reentrant.tryLock();
            reentrant.unlock();
            reentrant.unlock();
        });
        operations.put("ManagedSemaphore tryAcquire, release", () -> {
            semaphore.tryAcquire();
            semaphore.release();
        });
    }

    private void queue(final String name, final JoinableQueue<byte[]> queue) {
        operations.put(name + " bytes", passage(queue.bytes()));
    }

    /** An item in and, as soon as it is there, out. */
    private static Runnable passage(final ByteQueue queue) {
        final UnsafeBuffer item = new UnsafeBuffer(new byte[ITEM_LENGTH]);
        final ByteQueue.Handler handler = (buffer, offset, length) -> item.putByte(0, buffer.getByte(offset));
        return () -> {
            queue.offer(item, 0, ITEM_LENGTH);
            while (queue.drain(handler, DRAIN_LIMIT) == 0) {
                Thread.onSpinWait();
            }
        };
    }

    /** A structure as programs have them. */
    private static final class Quote extends Structure {
        final LongField sequence = longField();
        final DoubleField price = doubleField();
    }
}
