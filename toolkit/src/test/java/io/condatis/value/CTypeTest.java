package io.condatis.value;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of C: what goes in, what comes out, and who is left alone. */
@Timeout(30)
class CTypeTest {
    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(256, 64));

    @ParameterizedTest
    @CsvSource({
        "b,1,signed char", "B,1,unsigned char", "h,2,short", "H,2,unsigned short", "i,4,int", "I,4,unsigned int",
        "l,8,long", "L,8,unsigned long", "q,8,long long", "Q,8,unsigned long long", "f,4,float", "d,8,double",
        "c,1,char", "u,4,wchar_t", "?,1,bool"
    })
    void shouldKnowSizeAndNameOfEveryCode(final char code, final int size, final String cName) {
        final CType type = CType.of(code);
        assertEquals(size, type.size());
        assertEquals(size, type.alignment());
        assertEquals(cName, type.cName());
        assertEquals(code, type.code());
        assertEquals("'" + code + "' (" + cName + ")", type.toString());
    }

    @ParameterizedTest
    @ValueSource(chars = {'x', 'p', 0, ' '})
    void shouldListTheCodesWhenCodeIsUnknown(final char code) {
        final var e = assertThrows(IllegalArgumentException.class, () -> CType.of(code));
        assertTrue(e.getMessage().contains("b B h H i I l L q Q f d c u ?"), e.getMessage());
    }

    /** As ctypes does, see Value('b', 200) and the like. */
    @ParameterizedTest
    @CsvSource({
        "b,200,-56",
        "b,-129,127",
        "B,-1,255",
        "B,256,0",
        "h,32768,-32768",
        "H,-1,65535",
        "i,2147483648,-2147483648",
        "I,-1,4294967295",
        "I,4294967296,0",
        "q,9223372036854775808,-9223372036854775808",
        "l,-1,-1",
        "c,65,65",
        "u,8364,8364"
    })
    void shouldWrapAsCDoesWhenIntegerDoesNotFit(final char code, final BigInteger given, final long expected) {
        final Value value = Value.at(memory, 0, CType.of(code));
        value.setBoxed(given);
        assertEquals(expected, ((Number) value.boxed()).longValue());
        final Array array = Array.at(memory, 0, CType.of(code), 2);
        array.setBoxed(1, given);
        assertEquals(expected, ((Number) array.boxed(1)).longValue());
    }

    @Test
    void shouldReadEightUnsignedBytesAsTextOrComparable() {
        final LongValue value = LongValue.at(memory, 0, CType.UNSIGNED_LONG_LONG);
        value.set(-1);
        assertEquals("18446744073709551615", value.toUnsignedString());
        assertEquals("18446744073709551615", value.toString());
        assertEquals(-1, value.withLock(new ReentrantLock()).raw().get());
        final LongArray array = LongArray.at(memory, 64, CType.UNSIGNED_LONG, 3);
        array.setAll(0, new long[] {-1, 5, 0}, 0, 3);
        array.sort();
        assertArrayEquals(new long[] {0, 5, -1}, array.toArray());
    }

    @ParameterizedTest
    @EnumSource(CType.class)
    void shouldRefuseAFractionWhenTypeIsAnInteger(final CType type) {
        final Value value = Value.at(memory, 0, type);
        final Array array = Array.at(memory, 0, type, 1);
        if (type.isInteger()) {
            final var e = assertThrows(IllegalArgumentException.class, () -> value.setBoxed(1.0));
            assertTrue(
                    e.getMessage().contains(type.toString()) && e.getMessage().contains("1.0 (Double)"), e.toString());
            assertThrows(IllegalArgumentException.class, () -> array.setAllBoxed(0, List.of(1.5f)));
        } else {
            value.setBoxed(1.0);
            array.setAllBoxed(0, new double[] {1.0});
        }
        assertThrows(IllegalArgumentException.class, () -> value.setBoxed("many"));
        assertThrows(IllegalArgumentException.class, () -> value.setBoxed(null));
    }

    @Test
    void shouldTakeWhatFitsAType() {
        Value.at(memory, 0, CType.CHAR).setBoxed(new byte[] {'x'});
        assertEquals('x', memory.getByte(0));
        Value.at(memory, 0, CType.CHAR).setBoxed('y');
        assertEquals((int) 'y', Value.at(memory, 0, CType.CHAR).boxed());
        Value.at(memory, 4, CType.WIDE_CHAR).setBoxed("\uD83D\uDE00");
        assertEquals(0x1F600, memory.getInt(4));
        Value.at(memory, 0, CType.BOOLEAN).setBoxed(5);
        assertEquals(1, memory.getByte(0));
        assertEquals(true, Value.at(memory, 0, CType.BOOLEAN).boxed());
        Value.at(memory, 8, CType.FLOAT).setBoxed(0.1);
        assertEquals(0.1f, Value.at(memory, 8, CType.FLOAT).boxed());
        assertThrows(IllegalArgumentException.class, () -> Value.at(memory, 0, CType.CHAR)
                .setBoxed(new byte[2]));
        assertThrows(IllegalArgumentException.class, () -> IntValue.at(memory, 0, CType.LONG));
        assertThrows(IllegalArgumentException.class, () -> LongArray.at(memory, 0, CType.SHORT, 2));
        assertThrows(IllegalArgumentException.class, () -> IntValue.at(memory, 1, CType.SHORT));
        assertThrows(IllegalArgumentException.class, () -> IntValue.at(new UnsafeBuffer(new byte[8]), 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = CType.class,
            names = {"BYTE", "UNSIGNED_BYTE", "SHORT", "UNSIGNED_SHORT", "INT", "WIDE_CHAR", "CHAR"})
    void shouldDoIntArithmeticInEveryWidth(final CType type) {
        final IntValue value = IntValue.at(memory, 8, type);
        memory.setMemory(0, 64, (byte) 0x55);
        value.set(1);
        assertEquals(1, value.getAndAdd(2));
        assertEquals(4, value.incrementAndGet());
        assertEquals(4, value.getAndDecrement());
        assertEquals(3, value.getAndSet(9));
        assertFalse(value.compareAndSet(8, 1));
        assertTrue(value.compareAndSet(9, 10));
        assertEquals(10, value.compareAndExchange(10, 11));
        assertEquals(11, value.getAndUpdate(before -> before * 2));
        assertEquals(23, value.updateAndGet(before -> before + 1));
        assertEquals(23, value.getAndAccumulate(50, Math::max));
        assertEquals(7, value.accumulateAndGet(7, Math::min));
        value.setRelease(5);
        assertEquals(5, value.getAcquire());
        value.setPlain(6);
        assertEquals(6, value.getPlain());
        assertEquals("6", value.toString());
        final int expected = type.isSigned() ? -1 : (int) ((1L << type.size() * 8) - 1);
        value.set(-1);
        assertEquals(expected, value.get());
        assertTrue(value.compareAndSet(expected, -1));
        assertEquals(0, value.addAndGet(1));
        assertEquals(expected, value.addAndGet(-1));
        for (int i = 0; i < 64; i++) {
            if (i < 8 || i >= 8 + type.size()) {
                assertEquals(0x55, memory.getByte(i), "neighbour at " + i);
            }
        }
    }

    @Test
    void shouldDoArithmeticOnFourUnsignedBytes() {
        final LongValue value = LongValue.at(memory, 4, CType.UNSIGNED_INT);
        value.set(-1);
        assertEquals(4294967295L, value.get());
        assertEquals(4294967295L, value.getAndIncrement());
        assertEquals(0, value.get());
        assertEquals(4294967295L, value.decrementAndGet());
        assertTrue(value.compareAndSet(4294967295L, 3));
        assertEquals(6, value.accumulateAndGet(2, (a, b) -> a * b));
        assertEquals(0, memory.getInt(8));
    }

    @ParameterizedTest
    @EnumSource(
            value = CType.class,
            names = {"BYTE", "UNSIGNED_SHORT", "INT"})
    void shouldLoseNoAdditionWhenThreadsAddToNeighbours(final CType type) throws Exception {
        final IntArray array = IntArray.at(memory, 0, type, 4);
        final int rounds = 20_000;
        final Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            final int start = t;
            threads[t] = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    array.getAndAdd((start + i) & 3, 1);
                    array.updateAndGet((start + i) & 3, before -> before + 1);
                }
            });
            threads[t].start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        final IntValue expected = IntValue.at(memory, 64, type);
        expected.set(2 * rounds);
        for (int i = 0; i < 4; i++) {
            assertEquals(expected.get(), array.get(i), "element " + i);
        }
    }

    @Test
    void shouldDoArithmeticOnFloats() {
        final FloatValue value = FloatValue.at(memory, 4);
        value.set(1.5f);
        assertEquals(1.5f, value.getAndAdd(1));
        assertEquals(3f, value.addAndGet(0.5f));
        assertTrue(value.compareAndSet(3f, 4f));
        assertFalse(value.compareAndSet(3f, 4f));
        assertEquals(4f, value.compareAndExchange(4f, 5f));
        assertEquals(5f, value.getAndSet(6f));
        assertEquals(3f, value.updateAndGet(before -> before / 2));
        assertEquals(3f, value.getAndUpdate(before -> 8));
        assertEquals(8f, value.accumulateAndGet(2, Math::max));
        assertEquals(8f, value.getAndAccumulate(2, Math::min));
        value.setRelease(0.1f);
        assertEquals(0.1f, value.getAcquire());
        value.setPlain(0.2f);
        assertEquals(0.2f, value.getPlain());
        assertEquals("0.2", value.toString());
    }

    @Test
    void shouldFlipBooleans() {
        final BooleanValue value = BooleanValue.at(memory, 1);
        assertFalse(value.getAndSet(true));
        assertTrue(value.compareAndSet(true, false));
        assertFalse(value.compareAndSet(true, false));
        value.setRelease(true);
        assertTrue(value.getAcquire());
        value.setPlain(false);
        assertFalse(value.getPlain());
        value.set(true);
        assertTrue(value.get());
        final BooleanArray array = BooleanArray.at(memory, 0, 3);
        assertArrayEquals(new boolean[] {false, true, false}, array.toArray());
        array.fill(true);
        assertTrue(array.getAndSet(2, false));
        assertTrue(array.compareAndSet(2, false, true));
        assertEquals(0, memory.getByte(3));
    }

    @Test
    void shouldKeepTheLockInEveryViewButTheRawOne() {
        final Lock lock = new ReentrantLock();
        for (final CType type : CType.values()) {
            final Value value = Value.at(memory, 0, type);
            assertThrows(IllegalStateException.class, value::lock);
            assertSame(lock, value.withLock(lock).lock());
            assertThrows(IllegalStateException.class, value.withLock(lock).raw()::lock);
            final Array array = Array.at(memory, 0, type, 3).withLock(lock);
            assertSame(lock, array.slice(1, 2).lock());
            assertThrows(IllegalStateException.class, array.raw()::lock);
            assertEquals(type, array.raw().type());
            assertEquals(type, value.type());
        }
    }
}
