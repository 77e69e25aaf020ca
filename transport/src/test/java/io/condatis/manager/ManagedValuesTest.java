package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values, arrays, sets, and the batches of dicts. */
class ManagedValuesTest {
    private static Manager manager;

    @BeforeAll
    static void start() {
        manager = Manager.start();
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void shouldBeMadeOnceWithItsInitialValue() {
        final SharedValue<Long> first = manager.value("number", 7L);
        final SharedValue<Long> second = manager.value("number", 8L);

        assertEquals(7L, second.get());
        first.set(9L);
        assertEquals(9L, second.getAndSet(10L));
        assertTrue(second.compareAndSet(10L, 11L));
        assertFalse(second.compareAndSet(10L, 12L));
        assertEquals(22L, first.updateAndGet(n -> 2 * n));
        assertEquals(25L, second.addAndGet(3L));
        assertEquals("Value(25)", first.toString());
    }

    @Test
    void shouldAddOnlyNumbersOfTheSameType() {
        final SharedValue<Object> value = manager.value(1.5);

        assertEquals(1.75, value.addAndGet(0.25));
        assertThrows(IllegalStateException.class, () -> value.addAndGet(1));
        assertThrows(IllegalArgumentException.class, () -> value.addAndGet("text"));
        value.set(Integer.MAX_VALUE);
        assertEquals(Integer.MIN_VALUE, value.addAndGet(1));
        value.set((short) 3);
        assertEquals((short) 1, value.addAndGet((short) -2));
        value.set((byte) 3);
        assertEquals((byte) 5, value.addAndGet((byte) 2));
        value.set(0.5f);
        assertEquals(1.0f, value.addAndGet(0.5f));
        value.set(null);
        assertNull(value.get());
        assertThrows(IllegalStateException.class, () -> value.addAndGet(1L));
    }

    @Test
    void shouldKeepElementsWithinTheirType() {
        final SharedArray bytes = manager.array('b', 3);

        bytes.set(0, -128);
        bytes.set(1, (byte) 127);
        assertThrows(IllegalArgumentException.class, () -> bytes.set(2, 128));
        assertThrows(IllegalArgumentException.class, () -> bytes.set(2, 1.0));
        assertThrows(IllegalArgumentException.class, () -> bytes.set(2, "1"));
        assertThrows(IllegalArgumentException.class, () -> bytes.set(2, null));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.set(3, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> bytes.get(-1));
        assertThrows(IllegalStateException.class, () -> bytes.getDouble(0));
        assertArrayEquals(new int[] {-128, 127, 0}, (int[]) bytes.toArray());
        assertEquals(-128, bytes.addAndGet(1, 1));

        final IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> manager.array('B', 1).set(0, 256));
        assertTrue(e.getMessage().contains("0 to 255"), e.getMessage());
        final SharedArray unsigned =
                manager.array('Q', List.of(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)));
        assertEquals(-1L, unsigned.get(0));
        assertThrows(IllegalArgumentException.class, () -> unsigned.set(0, BigInteger.ONE.shiftLeft(64)));
        assertEquals(
                4_294_967_295L, manager.array('I', new long[] {4_294_967_295L}).get(0));
        assertEquals((int) 'x', manager.array('c', List.of('x')).get(0));
        assertEquals(true, manager.array('?', new boolean[] {true}).get(0));
        assertThrows(IllegalArgumentException.class, () -> manager.array('x', 1));
        assertThrows(IllegalArgumentException.class, () -> manager.array('i', -1));
    }

    @Test
    void shouldReadAndWriteManyElements() {
        final long[] numbers = LongStream.range(0, 40_000).toArray();
        final SharedArray array = manager.array("numbers", 'q', numbers);
        assertArrayEquals(numbers, (long[])
                manager.array("numbers", 'q', new long[40_000]).toArray());
        assertThrows(IllegalArgumentException.class, () -> manager.array("numbers", 'q', 5));

        array.setAll(39_998, List.of(-1, -2));
        assertArrayEquals(new long[] {39_997, -1, -2}, (long[]) array.toArray(39_997, 40_000));
        assertThrows(IllegalArgumentException.class, () -> array.setAll(0, new Object[] {1, "x"}));
        assertThrows(IndexOutOfBoundsException.class, () -> array.setAll(39_999, List.of(1, 2)));
        assertEquals(0L, array.get(0));
        final List<Object> seen = new ArrayList<>();
        array.iterator().forEachRemaining(seen::add);
        assertEquals(40_000, seen.size());
        assertEquals(-2L, seen.get(39_999));
        assertTrue(array.compareAndSet(5, 5, 50));
        assertFalse(array.compareAndSet(5, 5, 51));
        assertEquals(51L, array.updateAndGet(5, n -> (Long) n + 1));
        assertEquals(61, array.addAndGet(5, 10));
        array.setLong(5, 1);
        assertEquals(1, array.getLong(5));
        final SharedArray doubles = manager.array('d', new double[] {1.5});
        assertEquals(2.0, doubles.addAndGet(0, 0.5));
        doubles.setDouble(0, 3);
        assertEquals(3.0, doubles.getDouble(0));
    }

    @Test
    void shouldReadAnElementThatLooksLikeAReference() {
        // The eight bytes of a reference to a dict with the id 1; nothing must be counted for it.
        final long reference = 40L | 0x6f43L << 16 | 1L << 32;
        final SharedArray array = manager.array('q', new long[] {reference});

        for (int i = 0; i < 3; i++) {
            assertEquals(reference, array.get(0));
        }
        System.gc();
        assertEquals(reference, array.get(0));
    }

    @Test
    void shouldAddRemoveAndTestManyElementsOfASet() {
        final Set<Object> set = manager.set("elements");
        final List<Integer> many = IntStream.range(0, 40_000).boxed().toList();

        assertTrue(set.addAll(many));
        assertFalse(set.addAll(many));
        assertEquals(40_000, set.size());
        assertTrue(set.containsAll(many));
        assertFalse(set.containsAll(List.of(1, 40_000)));
        assertTrue(set.removeAll(many.subList(10, 40_000)));
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), set);
        assertTrue(set.retainAll(Set.of(3, 4, 99)));
        assertEquals(List.of(3, 4), new ArrayList<>(set));
        assertEquals("[3, 4]", set.toString());
        assertEquals(new HashSet<>(Set.of(3, 4)).hashCode(), set.hashCode());
    }

    @Test
    void shouldPutGetAndRemoveManyEntriesOfADict() {
        final SharedDict<String, Object> dict = manager.dict();
        final Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            many.put("key " + i, "value " + i);
        }

        dict.putAll(many);
        assertEquals(20_000, dict.size());
        assertEquals(new ArrayList<>(many.keySet()), new ArrayList<>(dict.keySet()));
        final List<String> wanted = new ArrayList<>(many.keySet());
        wanted.add("absent");
        assertEquals(many, dict.getAll(wanted));
        assertEquals(19_990, dict.removeAll(wanted.subList(10, 20_001)));
        assertEquals(10, dict.size());

        final Map<String, Object> bad = new HashMap<>(Map.of("x", 1));
        bad.put("y", null);
        assertThrows(NullPointerException.class, () -> dict.putAll(bad));
        assertFalse(dict.containsKey("x"));
        assertEquals("key 9", dict.pollLastEntry().getKey());
        assertEquals("value 0", dict.pollFirstEntry().getValue());
        dict.clear();
        assertNull(dict.pollLastEntry());
        assertEquals(1, dict.update("n", n -> n == null ? 1 : 2));
        assertNull(dict.update("n", n -> null));
    }

    @Test
    void shouldCountInOneMessage() {
        final SharedDict<String, Long> dict = manager.dict();

        assertEquals(-1, dict.getLong("n", -1));
        assertEquals(5, dict.addAndGet("n", 5));
        assertEquals(7, dict.addAndGet("n", 2));
        dict.putLong("n", 40);
        assertEquals(40L, dict.get("n"));
        assertEquals(40, dict.getLong("n", 0));
        final SharedDict<String, Object> other = manager.dict();
        other.put("text", "x");
        assertThrows(ClassCastException.class, () -> other.getLong("text", 0));
        assertThrows(IllegalStateException.class, () -> other.addAndGet("text", 1));
        other.put("int", 3);
        assertEquals(3, other.getLong("int", 0));
    }
}
