package io.condatis.list;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.SharedDirectory;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.NameExistsException;
import io.condatis.memory.NameMissingException;
import io.condatis.memory.SharedMemory;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@ExtendWith(LeakCheck.class)
class ShareableListTest {
    private static final List<Object> MIXED =
            Collections.unmodifiableList(Arrays.asList("howdy", bytes("HoWdY"), -273.154, 100, null, true, 42));

    private final String name = Names.unique();
    private ShareableList list;

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private ShareableList make(final List<?> items) {
        list = ShareableList.create(name, items);
        return list;
    }

    @AfterEach
    void remove() {
        if (list != null) {
            list.sharedMemory().unlink();
            list.close();
        }
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: types")
    void shouldReadBackEveryTypeWhenMade() {
        make(MIXED);

        assertEquals("howdy", list.get(0));
        assertArrayEquals(bytes("HoWdY"), (byte[]) list.get(1));
        assertEquals(-273.154, list.get(2));
        assertEquals(100L, list.get(3));
        assertNull(list.get(4));
        assertEquals(true, list.get(5));
        assertEquals(42L, list.get(6));
        assertEquals(7, list.size());
        assertEquals("8s8sdqxxxxxx?xxxxxxxx?q", list.format());
        assertEquals(name, list.sharedMemory().name());
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: IndexError")
    void shouldRefuseAndLeaveListAloneWhenIndexIsOutside() {
        make(MIXED);
        final List<Object> before = list.copy().subList(2, 7);
        for (final int index : new int[] {7, 8, -1, -7, -8, -15, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> list.get(index));
            assertThrows(IndexOutOfBoundsException.class, () -> list.set(index, 5));
            assertThrows(IndexOutOfBoundsException.class, () -> list.getLong(index));
            assertThrows(IndexOutOfBoundsException.class, () -> list.setLong(index, 5));
            assertThrows(IndexOutOfBoundsException.class, () -> list.compareAndSetLong(index, 0, 5));
        }
        assertEquals(before, list.subList(2, 7));
        assertEquals("8s8sdqxxxxxx?xxxxxxxx?q", list.format());
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: type change in place")
    void shouldChangeTypeInPlaceWhenNewItemFits() {
        make(MIXED);

        assertEquals(42L, list.set(6, "some"));
        assertEquals("some", list.get(6));
        assertEquals("8s", list.format().substring(list.format().length() - 2));
        assertEquals("howdy", list.set(0, 1.5));
        assertEquals(1.5, list.getDouble(0));
        assertNull(list.set(4, bytes("x")));
        assertArrayEquals(bytes("x"), (byte[]) list.get(4));
        assertEquals(true, list.set(5, null));
        assertNull(list.get(5));
        list.set(5, false);
        assertEquals(false, list.get(5));
        list.setLong(0, Long.MIN_VALUE);
        assertEquals(Long.MIN_VALUE, list.get(0));
        list.setDouble(3, Double.NaN);
        assertEquals(Double.NaN, list.get(3));
        list.set(3, "");
        assertEquals("", list.get(3));
        assertEquals("q8sd8s8sxxxxxxx?8s", list.format());
    }

    @Test
    void shouldKeepFormatOfTextWhenTextReplacesText() {
        make(List.of("12345678", "x"));

        list.set(0, "a");
        list.set(1, bytes("12345678"));

        assertEquals("16s8s", list.format());
        assertEquals("a", list.get(0));
        assertArrayEquals(bytes("12345678"), (byte[]) list.get(1));
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: UTF-8 limit")
    void shouldCountBytesNotCharactersWhenTextReplacesText() {
        make(List.of("encodés", "x"));

        assertEquals("16s8s", list.format());
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> list.set(1, "encodéss"));
        assertTrue(e.getMessage().contains("room for 8 bytes"), e.getMessage());
        assertTrue(e.getMessage().contains("has 9"), e.getMessage());
        assertEquals("x", list.get(1));
        list.set(1, "encodés");
        assertEquals("encodés", list.get(1));
        assertThrows(IllegalArgumentException.class, () -> list.set(1, new byte[9]));
        assertEquals("encodés", list.get(1));
    }

    @Test
    void shouldKeepOldItemWhenNewOneIsOfNoTypeForAList() {
        make(MIXED);
        for (final Object bad : new Object[] {BigInteger.TEN, 'c', new int[1], List.of(1), new StringBuilder("x")}) {
            final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> list.set(3, bad));
            assertTrue(e.getMessage().contains(bad.getClass().getName()), e.getMessage());
        }
        assertEquals(100L, list.get(3));
    }

    @Test
    void shouldWidenWhenNumbersAreSmall() {
        make(List.of((byte) -1, (short) -2, 3, 1.5f));

        assertEquals(List.of(-1L, -2L, 3L, 1.5), list.copy());
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: count and index")
    void shouldCountAndFindByValueAsPythonDoes() {
        make(Arrays.asList(1, 1.0, true, "1", bytes("1"), null, 1.5, 42, 42));

        assertEquals(3, list.count(1));
        assertEquals(3, list.count(true));
        assertEquals(3, list.count(1.0f));
        assertEquals(2, list.count((short) 42));
        assertEquals(1, list.count(bytes("1")));
        assertEquals(1, list.count(null));
        assertEquals(0, list.count("nothing"));
        assertEquals(3, list.indexOf("1"));
        assertEquals(4, list.indexOf(bytes("1")));
        assertEquals(5, list.indexOf(null));
        assertEquals(8, list.lastIndexOf(42));
        assertEquals(-1, list.indexOf(9_007_199_254_740_993L));
        assertTrue(list.contains(1.5));
        assertFalse(list.contains(2));
    }

    @Test
    void shouldBeAListOfFixedLength() {
        make(List.of(3, 1, 2));

        assertEquals(List.of(3L, 1L, 2L), list);
        assertEquals(List.of(3L, 1L, 2L).hashCode(), list.hashCode());
        assertEquals(List.of(1L, 2L), list.subList(1, 3));
        assertEquals(6L, list.stream().mapToLong(item -> (Long) item).sum());
        assertThrows(UnsupportedOperationException.class, () -> list.add(4));
        assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
        assertThrows(UnsupportedOperationException.class, list::clear);
        assertThrows(UnsupportedOperationException.class, () -> list.sort(null));
        final List<Object> copy = list.copy();
        copy.add(4);
        list.set(0, 9);
        assertEquals(List.of(3L, 1L, 2L, 4), copy);
        assertEquals("ShareableList([9, 1, 2], name='" + name + "')", list.toString());
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: tethered alias")
    void shouldShowChangesToAliasWhenAttachedByName() {
        make(MIXED);
        try (ShareableList alias = ShareableList.attach(name)) {
            list.set(0, "first");
            alias.set(3, 101);

            assertEquals("first", alias.get(0));
            assertEquals(101L, list.get(3));
            assertEquals(list.format(), alias.format());
        }
        assertEquals(101L, list.get(3));
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: duplicate")
    void shouldDuplicateWhenMadeOfAnotherList() {
        make(MIXED);
        try (ShareableList copy = ShareableList.create(list)) {
            assertTrue(copy.sharedMemory().name().startsWith("psm_"));
            assertEquals(list.format(), copy.format());
            copy.set(3, 7);
            assertEquals(100L, list.get(3));
            copy.sharedMemory().unlink();
        }
    }

    @Test
    @DisplayName("test_shared_memory_ShareableList_basics: empty list")
    void shouldHoldNothingWhenEmpty() {
        make(List.of());
        try (ShareableList attached = ShareableList.attach(name)) {
            assertEquals(0, attached.size());
            assertEquals("", attached.format());
            assertEquals(-1, attached.indexOf(0));
            assertThrows(IndexOutOfBoundsException.class, () -> attached.get(0));
        }
    }

    @Test
    void shouldTakeWhatAGeneratorYields() {
        final Iterator<Long> squares = LongStream.range(0, 5).map(i -> i * i).iterator();
        list = ShareableList.create(name, squares);

        assertEquals(List.of(0L, 1L, 4L, 9L, 16L), list.copy());
        final Iterable<Integer> three = () -> IntStream.range(0, 3).iterator();
        try (ShareableList other = ShareableList.create(three)) {
            assertEquals(3, other.size());
            other.sharedMemory().unlink();
        }
    }

    @Test
    void shouldLeaveNothingWhenSourceFailsOrItemsDoNotFit() {
        final Iterator<Integer> failing = IntStream.range(0, 5)
                .map(i -> {
                    if (i == 3) {
                        throw new IllegalStateException("as told");
                    }
                    return i;
                })
                .iterator();
        assertThrows(IllegalStateException.class, () -> ShareableList.create(name, failing));
        assertThrows(IllegalArgumentException.class, () -> ShareableList.create(name, List.of(1, 'c')));
        assertThrows(IllegalArgumentException.class, () -> ShareableList.create(name, List.of("x".repeat(10_000_000))));
        assertThrows(IllegalArgumentException.class, () -> ShareableList.create("a/b", List.of(1)));
        assertFalse(Files.exists(SharedDirectory.path().resolve(name)));
        make(List.of(1));
        assertThrows(NameExistsException.class, () -> ShareableList.create(name, List.of(2)));
        assertEquals(List.of(1L), list.copy());
    }

    @Test
    void shouldHoldTheLongestTextThatAFormatCanSay() {
        final String longest = "x".repeat(9_999_991);
        make(List.of(longest));

        assertEquals("9999992s", list.format());
        assertEquals(longest, list.get(0));
    }

    @Test
    void shouldCompareAndAddWhenItemIsAnInt() {
        make(List.of(5, 1.5, "five"));

        assertTrue(list.compareAndSetLong(0, 5, 6));
        assertFalse(list.compareAndSetLong(0, 5, 7));
        assertEquals(6, list.getAndAddLong(0, -10));
        assertEquals(-4, list.getLong(0));
        assertThrows(ClassCastException.class, () -> list.compareAndSetLong(1, 0, 1));
        assertThrows(ClassCastException.class, () -> list.getAndAddLong(2, 1));
        assertThrows(ClassCastException.class, () -> list.getLong(2));
        final ClassCastException e = assertThrows(ClassCastException.class, () -> list.getDouble(0));
        assertTrue(e.getMessage().contains("'q'"), e.getMessage());
        assertEquals(List.of(-4L, 1.5, "five"), list.copy());
    }

    @Test
    void shouldThrowWhenClosed() {
        make(MIXED);
        final ShareableList attached = ShareableList.attach(name);
        attached.set(0, "joined");
        attached.close();
        attached.close();

        assertThrows(IllegalStateException.class, () -> attached.get(0));
        assertThrows(IllegalStateException.class, () -> attached.set(0, 1));
        assertThrows(IllegalStateException.class, attached::format);
        assertThrows(IllegalStateException.class, attached::copy);
        assertEquals(7, attached.size());
        assertEquals("ShareableList(closed, name='" + name + "')", attached.toString());
        assertEquals("joined", list.get(0));
    }

    @Test
    void shouldSayThatNameIsMissingWhenThereIsNoList() {
        assertThrows(NameMissingException.class, () -> ShareableList.attach(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 17, 4096})
    void shouldRefuseWhenBlockIsNoList(final int size) {
        try (SharedMemory memory = SharedMemory.create(name, size)) {
            memory.buffer().setMemory(0, size, (byte) 3);
            final IncompatibleLayoutException e =
                    assertThrows(IncompatibleLayoutException.class, () -> ShareableList.attach(name));
            assertTrue(e.getMessage().contains(name), e.getMessage());
            memory.unlink();
        }
    }

    @Test
    void shouldRefuseWhenListWasCutOrNeverFilled() {
        make(MIXED);
        final byte[] cut = new byte[100];
        list.sharedMemory().buffer().getBytes(0, cut);
        try (SharedMemory half = SharedMemory.create(cut.length, block -> block.putBytes(0, cut));
                SharedMemory zeros = SharedMemory.create(100)) {
            assertThrows(IncompatibleLayoutException.class, () -> ShareableList.over(half));
            assertThrows(IncompatibleLayoutException.class, () -> ShareableList.over(zeros));
            half.unlink();
            zeros.unlink();
        }
    }

    @Test
    void shouldReportItemWhenItStaysHalfWritten() {
        make(List.of(1, 2));
        final int formatOfFirst = 8 * 4 + 16;
        list.sharedMemory().buffer().putLong(formatOfFirst, 0);

        final InconsistentItemException e = assertThrows(InconsistentItemException.class, () -> list.get(0));
        assertTrue(e.getMessage().contains("Item 0"), e.getMessage());
        assertTrue(list.retries() > 0);
        assertEquals(2L, list.get(1));
        list.set(0, 3);
        assertEquals(3L, list.get(0));
    }

    @Test
    void shouldForgetWhatADeadWriterNotedWhenTheNoteIsDamaged() {
        make(List.of(1, 2, "text", 4));
        final long[][] notes = {{0x7000_0000_0001L, 8}, {5, 8}, {3, 1 << 20}, {1, -8}, {1, 7}, {-1, 8}};
        for (final long[] note : notes) {
            try (SharedMemory memory = SharedMemory.attach(name)) {
                final UnsafeBuffer bytes = Access.window(memory.buffer(), 0, memory.size());
                final Items items = new Items(bytes, ListLayout.read(bytes));
                final int footer = FooterDescriptor.offsetIn(items.layout);
                new Footer(memory, bytes, items).enter();
                bytes.putLong(footer + FooterDescriptor.REDO_ITEM_OFFSET, note[0]);
                bytes.putLong(footer + FooterDescriptor.REDO_LENGTH_OFFSET, note[1]);
            }
            list.setLong(0, note[0]);
            assertEquals(Arrays.asList(note[0], 2L, "text", 4L), list);
        }
    }

    @Test
    void shouldReadLengthFromFormatWhenItSaysLessThanTheRoom() {
        make(List.of("12345678"));
        final int format = 8 * 3 + 16;
        list.sharedMemory().buffer().putLong(format, ItemFormat.pack("5s"));

        assertEquals("12345", list.get(0));
        list.set(0, "abcde");
        assertEquals("5s", list.format());
        list.set(0, "abcdef");
        assertEquals("16s", list.format());
        assertEquals("abcdef", list.get(0));
    }
}
