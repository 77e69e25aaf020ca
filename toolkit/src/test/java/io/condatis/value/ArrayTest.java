package io.condatis.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayTest {
    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(128, 64));
    private final LongArray longs = LongArray.at(memory, 8, 4);
    private final DoubleArray doubles = DoubleArray.at(memory, 64, 4);

    @Test
    void shouldLayElementsSideBySide() {
        longs.set(0, 1);
        longs.set(3, 2);
        doubles.set(1, 0.5);

        assertEquals(1, memory.getLong(8));
        assertEquals(2, memory.getLong(32));
        assertEquals(0.5, memory.getDouble(72));
        assertEquals(4, longs.length());
        assertEquals(4, doubles.length());
    }

    @Test
    void shouldReadWhatEachWayOfWritingWrote() {
        longs.setPlain(1, 2);
        assertEquals(2, longs.getAcquire(1));
        longs.setRelease(1, 3);
        assertEquals(3, longs.getPlain(1));
        doubles.setPlain(1, 2.5);
        assertEquals(2.5, doubles.getAcquire(1));
        doubles.setRelease(1, 3.5);
        assertEquals(3.5, doubles.getPlain(1));
        assertEquals(3.5, doubles.get(1));
    }

    @Test
    void shouldDoLongArithmeticOnOneElement() {
        assertEquals(0, longs.getAndIncrement(2));
        assertEquals(2, longs.incrementAndGet(2));
        assertEquals(2, longs.getAndDecrement(2));
        assertEquals(0, longs.decrementAndGet(2));
        assertEquals(0, longs.getAndAdd(2, 3));
        assertEquals(4, longs.addAndGet(2, 1));
        assertEquals(4, longs.getAndSet(2, 5));
        assertFalse(longs.compareAndSet(2, 4, 6));
        assertTrue(longs.compareAndSet(2, 5, 6));
        assertEquals(6, longs.compareAndExchange(2, 6, 7));
        assertEquals(7, longs.getAndUpdate(2, value -> value * 2));
        assertEquals(15, longs.updateAndGet(2, value -> value + 1));
        assertEquals(15, longs.getAndAccumulate(2, 20, Math::max));
        assertEquals(8, longs.accumulateAndGet(2, 8, Math::min));
        assertArrayEquals(new long[] {0, 0, 8, 0}, longs.toArray());
    }

    @Test
    void shouldDoDoubleArithmeticOnOneElement() {
        assertEquals(0.0, doubles.getAndAdd(2, 3));
        assertEquals(4.0, doubles.addAndGet(2, 1));
        assertEquals(4.0, doubles.getAndSet(2, 5));
        assertFalse(doubles.compareAndSet(2, 4, 6));
        assertTrue(doubles.compareAndSet(2, 5, 6));
        assertEquals(6.0, doubles.compareAndExchange(2, 6, 7));
        assertEquals(7.0, doubles.getAndUpdate(2, value -> value * 2));
        assertEquals(15.0, doubles.updateAndGet(2, value -> value + 1));
        assertEquals(15.0, doubles.getAndAccumulate(2, 20, Math::max));
        assertEquals(8.0, doubles.accumulateAndGet(2, 8, Math::min));
        assertArrayEquals(new double[] {0, 0, 8, 0}, doubles.toArray());
    }

    @Test
    void shouldCopyInAndOut() {
        longs.setAll(1, new long[] {9, 8, 7, 6}, 1, 3);
        assertArrayEquals(new long[] {0, 8, 7, 6}, longs.toArray());
        final long[] target = new long[4];
        longs.getAll(2, target, 0, 2);
        assertArrayEquals(new long[] {7, 6, 0, 0}, target);
        doubles.fill(1.5);
        doubles.setAll(0, new double[] {2}, 0, 1);
        assertArrayEquals(new double[] {2, 1.5, 1.5, 1.5}, doubles.toArray());
        longs.fill(-1);
        assertArrayEquals(new long[] {-1, -1, -1, -1}, longs.toArray());
        assertEquals(0, memory.getLong(40));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 1 << 29, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void shouldRefuseWhenIndexIsOutside(final int index) {
        assertThrows(IndexOutOfBoundsException.class, () -> longs.get(index));
        assertThrows(IndexOutOfBoundsException.class, () -> longs.set(index, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> longs.getAndAdd(index, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> doubles.get(index));
        assertThrows(IndexOutOfBoundsException.class, () -> doubles.accumulateAndGet(index, 1, Math::max));
        assertThrows(IndexOutOfBoundsException.class, () -> longs.getAll(index, new long[4], 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> doubles.setAll(index, new double[4], 0, 1));
    }

    @Test
    void shouldRefuseWhenPlaceCannotBe() {
        assertThrows(IndexOutOfBoundsException.class, () -> LongArray.at(memory, 104, 4));
        assertThrows(IllegalArgumentException.class, () -> LongArray.at(memory, 4, 1));
        assertThrows(IllegalArgumentException.class, () -> DoubleArray.at(memory, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> DoubleArray.at(memory, 0, Integer.MAX_VALUE));
        assertEquals(0, LongArray.at(memory, 128, 0).length());
    }
}
