package io.condatis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.list.ShareableList;
import io.condatis.memory.SharedMemory;
import io.condatis.structure.DoubleField;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.DoubleArray;
import io.condatis.value.LongValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loops that only read, without any ordering, which the JIT has compiled: close ends them all the same. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class CloseUnderPlainReadsTest {
    private static final int READS = 50_000;
    private static final int ROUNDS = 200;

    private final String name = Names.unique();

    /** A structure. */
    @SuppressWarnings("serial")
    static final class Point extends Structure {
        final DoubleField x = doubleField();
    }

    @Test
    void shouldEndLoopOverObjects() throws InterruptedException {
        final SharedObjects shared = SharedObjects.create(name);
        final LongValue value = shared.longValue("value", 1);
        final DoubleArray array = shared.doubleArray("array", 8);
        final Point point = shared.structure("point", Point::new);
        final StructureArray<Point> points = shared.structureArray("points", Point::new, 8);
        assertEnded(
                shared::close,
                sum -> sum + value.getPlain(),
                sum -> sum + (long) array.getPlain(3),
                sum -> sum + (long) point.x.get(),
                sum -> sum + (long) points.at(2).x.get());
    }

    @Test
    void shouldEndLoopOverBlock() throws InterruptedException {
        final SharedMemory memory = SharedMemory.create(name, 64);
        memory.unlink();
        final AtomicBuffer buffer = memory.buffer();
        final AtomicBuffer slice = memory.slice(8, 16);
        assertEnded(memory::close, sum -> sum + buffer.getLong(8), sum -> sum + slice.getInt(4));
    }

    @Test
    void shouldEndLoopOverList() throws InterruptedException {
        final ShareableList list = ShareableList.create(name, List.of(1, 2));
        list.sharedMemory().unlink();
        assertEnded(list::close, sum -> sum + list.getLong(1));
    }

    private static void assertEnded(final Runnable close, final LongUnaryOperator... reads)
            throws InterruptedException {
        final CountDownLatch compiled = new CountDownLatch(reads.length);
        final Thread[] readers = new Thread[reads.length];
        final List<AtomicReference<Throwable>> ends = new ArrayList<>();
        for (int i = 0; i < reads.length; i++) {
            final LongUnaryOperator read = reads[i];
            final AtomicReference<Throwable> end = new AtomicReference<>();
            ends.add(end);
            readers[i] = new Thread(() -> {
                try {
                    long sum = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        sum = read(read, sum, READS);
                    }
                    compiled.countDown();
                    read(read, sum, Long.MAX_VALUE);
                } catch (final RuntimeException e) {
                    end.set(e);
                }
            });
            readers[i].setDaemon(true);
            readers[i].start();
        }
        compiled.await();
        assertTrue(readers[0].isAlive());
        close.run();
        for (int i = 0; i < readers.length; i++) {
            readers[i].join(TimeUnit.SECONDS.toMillis(10));
            assertTrue(ends.get(i).get() instanceof IllegalStateException, "reader " + i + ": " + ends.get(i));
        }
    }

    private static long read(final LongUnaryOperator read, final long begin, final long times) {
        long sum = begin;
        for (long i = 0; i < times; i++) {
            sum = read.applyAsLong(sum);
        }
        return sum;
    }
}
