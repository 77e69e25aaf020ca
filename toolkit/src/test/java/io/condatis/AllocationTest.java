package io.condatis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.condatis.memory.SharedMemory;
import io.condatis.structure.DoubleField;
import io.condatis.structure.IntField;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.sync.Hold;
import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.BooleanArray;
import io.condatis.value.CType;
import io.condatis.value.DoubleArray;
import io.condatis.value.DoubleValue;
import io.condatis.value.FloatValue;
import io.condatis.value.IntArray;
import io.condatis.value.IntValue;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Operations on shared objects allocate nothing, in the interpreter as well as compiled. */
@ExtendWith(LeakCheck.class)
class AllocationTest {
    private static final int ROUNDS = 20_000;
    private static final int ATTEMPTS = 10;
    private static final long NOISE_BYTES = 4096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingWhenObjectsAreUsed() {
        try (SharedObjects shared = SharedObjects.create(Names.unique())) {
            final LongValue longValue = shared.longValue("l", 0);
            final DoubleValue doubleValue = shared.doubleValue("d", 0);
            final LongArray longs = shared.longArray("ls", 8);
            final DoubleArray doubles = shared.doubleArray("ds", 8);
            final SharedLock lock = shared.lock("lock");
            final long[] copy = new long[8];
            assertNoAllocation(() -> {
                longValue.incrementAndGet();
                longValue.compareAndSet(1, 2);
                longValue.accumulateAndGet(7, Math::max);
                doubleValue.addAndGet(1.5);
                doubleValue.accumulateAndGet(7, Math::min);
                longs.updateAndGet(3, value -> value + 1);
                longs.getAll(0, copy, 0, 8);
                longs.fill(1);
                doubles.addAndGet(7, 0.5);
                try (Hold held = lock.hold()) {
                    doubles.set(0, held.abandoned() ? 0 : 1);
                }
            });
        }
    }

    /** A structure for the test. */
    private static final class Quote extends Structure {
        final IntField depth = intField(CType.UNSIGNED_SHORT, 3);
        final DoubleField price = doubleField();
    }

    @Test
    void shouldAllocateNothingWhenStructuresAndSmallTypesAreUsed() {
        try (SharedObjects shared = SharedObjects.create(Names.unique())) {
            final IntValue narrow = shared.value("h", 'h', 0);
            final IntArray bytes = shared.array("B", 'B', 8);
            final LongValue unsigned = shared.value("I", 'I', 0);
            final FloatValue real = shared.floatValue("f", 0);
            final BooleanArray flags = shared.booleanArray("flags", 8);
            final StructureArray<Quote> quotes = shared.structureArray("quotes", Quote::new, 8);
            final Snapshot<Quote> snapshot = shared.snapshot("quote", Quote::new);
            assertNoAllocation(() -> {
                narrow.updateAndGet(value -> value + 1);
                narrow.compareAndSet(5, 6);
                bytes.getAndAdd(3, 200);
                bytes.fill(1);
                unsigned.incrementAndGet();
                real.addAndGet(0.5f);
                flags.set(1, !flags.get(2));
                final Quote quote = quotes.at(3);
                quote.depth.set(2, quote.depth.get(1) + 1);
                quote.price.set(quote.price.get() + 0.5);
                snapshot.write(draft -> draft.price.set(draft.price.get() + 1));
                quote.price.set(snapshot.read().price.get());
            });
        }
    }

    @Test
    void shouldAllocateNothingWhenNobodyHasToWait() {
        try (SharedObjects shared = SharedObjects.create(Names.unique())) {
            final SharedReentrantLock lock = shared.reentrantLock("lock");
            final SharedSemaphore semaphore = shared.semaphore("s", 2, 4);
            final SharedBoundedSemaphore bounded = shared.boundedSemaphore("b", 2);
            final SharedEvent event = shared.event("e");
            assertNoAllocation(() -> {
                lock.lock();
                try (Hold held = lock.hold()) {
                    held.abandoned();
                }
                lock.unlock();
                semaphore.permit().close();
                bounded.permit().close();
                event.set();
                event.clear();
                event.isSet();
            });
        }
    }

    @Test
    void shouldAllocateNothingWhenBufferIsUsed() {
        try (SharedMemory memory = SharedMemory.create(64)) {
            final AtomicBuffer buffer = memory.buffer();
            assertNoAllocation(() -> {
                buffer.putLong(0, buffer.getLong(8) + 1);
                buffer.getAndAddLong(16, 1);
                memory.buffer().putIntRelease(24, 5);
            });
            memory.unlink();
        }
    }

    /** The JVM itself may allocate on this thread, when it links or compiles; an operation that allocates does so each time. */
    private void assertNoAllocation(final Runnable operations) {
        long allocated = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && allocated >= NOISE_BYTES; attempt++) {
            allocated = allocatedBy(operations);
        }
        assertTrue(allocated < NOISE_BYTES, "allocated in " + ROUNDS + " rounds: " + allocated);
    }

    private long allocatedBy(final Runnable operations) {
        final long thread = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < ROUNDS; i++) {
            operations.run();
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
