package io.condatis.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ValueTest {
    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(64, 64));
    private final LongValue longValue = LongValue.at(memory, 8);
    private final DoubleValue doubleValue = DoubleValue.at(memory, 16);

    @Test
    void shouldReadWhatEachWayOfWritingWrote() {
        longValue.set(1);
        assertEquals(1, longValue.getPlain());
        longValue.setPlain(2);
        assertEquals(2, longValue.getAcquire());
        longValue.setRelease(3);
        assertEquals(3, longValue.get());
        doubleValue.set(1.5);
        assertEquals(1.5, doubleValue.getPlain());
        doubleValue.setPlain(2.5);
        assertEquals(2.5, doubleValue.getAcquire());
        doubleValue.setRelease(3.5);
        assertEquals(3.5, doubleValue.get());
        assertEquals(3, memory.getLong(8));
        assertEquals(3.5, memory.getDouble(16));
    }

    @Test
    void shouldDoLongArithmeticAsAtomicLongDoes() {
        assertEquals(0, longValue.getAndIncrement());
        assertEquals(2, longValue.incrementAndGet());
        assertEquals(2, longValue.getAndDecrement());
        assertEquals(0, longValue.decrementAndGet());
        assertEquals(0, longValue.getAndAdd(Long.MAX_VALUE));
        assertEquals(Long.MIN_VALUE, longValue.addAndGet(1));
        assertEquals(Long.MIN_VALUE, longValue.getAndSet(4));
        assertFalse(longValue.compareAndSet(5, 6));
        assertTrue(longValue.compareAndSet(4, 6));
        assertEquals(6, longValue.compareAndExchange(7, 8));
        assertEquals(6, longValue.compareAndExchange(6, 8));
        assertEquals(8, longValue.getAndUpdate(value -> value * 2));
        assertEquals(17, longValue.updateAndGet(value -> value + 1));
        assertEquals(17, longValue.getAndAccumulate(3, Math::min));
        assertEquals(9, longValue.accumulateAndGet(9, Math::max));
        assertEquals("9", longValue.toString());
    }

    @Test
    void shouldDoDoubleArithmetic() {
        assertEquals(0.0, doubleValue.getAndAdd(1.5));
        assertEquals(2.0, doubleValue.addAndGet(0.5));
        assertEquals(2.0, doubleValue.getAndSet(4));
        assertFalse(doubleValue.compareAndSet(5, 6));
        assertTrue(doubleValue.compareAndSet(4, 6));
        assertEquals(6.0, doubleValue.compareAndExchange(7, 8));
        assertEquals(6.0, doubleValue.compareAndExchange(6, 8));
        assertEquals(8.0, doubleValue.getAndUpdate(value -> value * 2));
        assertEquals(17.0, doubleValue.updateAndGet(value -> value + 1));
        assertEquals(17.0, doubleValue.getAndAccumulate(3, Math::min));
        assertEquals(9.0, doubleValue.accumulateAndGet(9, Math::max));
        assertEquals("9.0", doubleValue.toString());
    }

    @Test
    void shouldCompareDoublesByTheirBits() {
        doubleValue.set(-0.0);
        assertFalse(doubleValue.compareAndSet(0.0, 1));
        assertTrue(doubleValue.compareAndSet(-0.0, Double.NaN));
        assertTrue(doubleValue.compareAndSet(Double.NaN, 1));
    }

    @Test
    void shouldEndAndKeepBitsWhenValueIsANanWithPayload() {
        final long payload = 0x7FF0_0000_0000_0BADL;
        memory.putLong(16, payload);
        assertTrue(Double.isNaN(doubleValue.updateAndGet(value -> value)));
        assertTrue(Double.isNaN(doubleValue.get()));
    }

    @Test
    void shouldRetryFunctionWhenAnotherWriterComesBetween() {
        final AtomicInteger calls = new AtomicInteger();
        longValue.set(1);
        assertEquals(11, longValue.updateAndGet(value -> {
            if (calls.incrementAndGet() == 1) {
                longValue.set(10);
            }
            return value + 1;
        }));
        assertEquals(2, calls.get());
    }

    @Test
    void shouldRefuseWhenOutsideOfBufferOrNotAligned() {
        assertThrows(IndexOutOfBoundsException.class, () -> LongValue.at(memory, 64));
        assertThrows(IndexOutOfBoundsException.class, () -> DoubleValue.at(memory, -8));
        assertThrows(IllegalArgumentException.class, () -> LongValue.at(memory, 12));
        final UnsafeBuffer shifted = new UnsafeBuffer(memory, 4, 32);
        assertThrows(IllegalArgumentException.class, () -> DoubleValue.at(shifted, 8));
        assertEquals(0, LongValue.at(new UnsafeBuffer(shifted, 4, 8), 0).get());
    }

    @Test
    void shouldWorkOverAnyByteBuffer() {
        final LongValue direct = LongValue.at(new UnsafeBuffer(ByteBuffer.allocateDirect(8)), 0);
        assertEquals(1, direct.incrementAndGet());
    }
}
