package io.condatis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.memory.SharedMemory;
import io.condatis.sync.SharedLock;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import io.condatis.value.Array;
import io.condatis.value.CType;
import io.condatis.value.CharArray;
import io.condatis.value.DoubleArray;
import io.condatis.value.FloatArray;
import io.condatis.value.IntArray;
import io.condatis.value.LongArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** CPython's {@code _TestArray}, and what arrays have beyond. */
@Timeout(60)
@ExtendWith(LeakCheck.class)
class TestArrayTest {
    private static final int[] SEQUENCE = {680, 626, 934, 821, 150, 233, 548, 982, 714, 831};

    private final String name = Names.unique();
    private SharedObjects shared;

    @BeforeEach
    void createObjects() {
        shared = SharedObjects.create(name);
    }

    @AfterEach
    void closeObjects() {
        shared.close();
    }

    /** The child, and what it does. */
    static final class PrefixSum {
        public static void main(final String[] args) {
            try (SharedObjects shared = SharedObjects.attach(args[0])) {
                final IntArray array = shared.array("a");
                for (int i = 1; i < array.length(); i++) {
                    array.getAndAdd(i, array.get(i - 1));
                }
            }
        }
    }

    private void useAndSumInAChild(final IntArray array) {
        assertEquals(SEQUENCE.length, array.length());
        assertEquals(SEQUENCE[3], array.get(3));
        assertArrayEquals(new int[] {934, 821, 150, 233, 548}, array.slice(2, 7).toArray());

        array.setAll(4, new int[] {1, 2, 3, 4}, 0, 4);
        final int[] expected = SEQUENCE.clone();
        System.arraycopy(new int[] {1, 2, 3, 4}, 0, expected, 4, 4);
        assertArrayEquals(expected, array.toArray());

        for (int i = 1; i < expected.length; i++) {
            expected[i] += expected[i - 1];
        }
        try (ForkedJvm child = ForkedJvm.start(PrefixSum.class, name)) {
            assertEquals(0, child.exitCode(Duration.ofSeconds(30)), child.output());
        }
        assertArrayEquals(expected, array.toArray());
    }

    @Test
    void testArray() {
        useAndSumInAChild(shared.array("a", 'i', SEQUENCE));
    }

    @Test
    void testRawArray() {
        useAndSumInAChild(shared.rawArray("a", 'i', SEQUENCE));
    }

    @Test
    void testArrayFromSize() {
        for (int round = 0; round < 3; round++) {
            final IntArray array = shared.array("zeros", 'i', 10);
            assertArrayEquals(new int[10], array.toArray());
            final int[] numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
            array.setAll(0, numbers, 0, 10);
            assertArrayEquals(numbers, array.toArray());
            assertTrue(shared.remove("zeros"));
        }
        final IntArray empty = shared.array("empty", 'i', 0);
        assertEquals(0, empty.length());
        assertThrows(IllegalArgumentException.class, () -> shared.array("negative", 'i', -1));
    }

    @Test
    void shouldReadAndSetExtendedSlicesAsCpythonDoes() {
        final IntArray array = shared.array("a", 'i', SEQUENCE);
        final int[] all = array.toArray();
        final int n = all.length;
        assertArrayEquals(new int[] {all[1], all[3]}, (int[]) array.toArray(1, 5, 2));
        assertArrayEquals(new int[] {all[n - 1], all[n - 4]}, (int[]) array.toArray(n - 1, n - 5, -3));
        assertArrayEquals(new int[] {all[2], all[1], all[0]}, (int[]) array.toArray(2, -1, -1));
        assertArrayEquals(new int[0], (int[]) array.toArray(5, 5, 1));
        assertArrayEquals(new int[0], (int[]) array.toArray(1, 5, -1));
        assertThrows(IllegalArgumentException.class, () -> array.toArray(0, 1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> array.toArray(0, n + 2, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> array.toArray(-1, 2, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> array.toArray(0, -3, -1));

        array.setAllBoxed(0, 6, 2, List.of(-1, -2, -3));
        assertArrayEquals(new int[] {-1, all[1], -2, all[3], -3}, (int[]) array.toArray(0, 5, 1));
        array.setAllBoxed(4, -1, -2, new int[] {1, 2, 3});
        assertArrayEquals(new int[] {3, 2, 1}, (int[]) array.toArray(0, 6, 2));
        assertThrows(IllegalArgumentException.class, () -> array.setAllBoxed(0, 6, 2, new int[2]));
        assertArrayEquals(new int[] {3, 2, 1}, (int[]) array.toArray(0, 6, 2));
        final CharArray text = shared.array("text", 'c', new byte[] {'a', 'b', 'c'});
        assertArrayEquals(new byte[] {'c', 'b', 'a'}, (byte[]) text.toArray(2, -1, -1));
    }

    @Test
    void testGetobjGetlockObj() {
        final IntArray locked = shared.array("locked", 'i', List.of(1, 2, 3));
        locked.lock().lock();
        locked.lock().unlock();
        assertThrows(IllegalStateException.class, locked.raw()::lock);
        final SharedLock own = shared.lock("own");
        assertSame(own, locked.withLock(own).lock());
        final IntArray raw = shared.rawArray("raw", 'i', 3);
        assertThrows(IllegalStateException.class, raw::lock);
    }

    @Test
    void shouldReadAndWriteCharsAsCpythonDoes() {
        final CharArray chars = shared.charArray("chars", 10);
        chars.setRawValue("xxxxxyyyyy".getBytes(StandardCharsets.US_ASCII));
        chars.setText("hello");
        assertArrayEquals("hello\0yyyy".getBytes(StandardCharsets.US_ASCII), chars.rawValue());
        assertEquals("hello", chars.text());
        chars.setRawValue(new byte[] {'J'});
        assertEquals("Jello", chars.text());
        chars.setText("0123456789");
        assertEquals("0123456789", chars.text());
        assertThrows(IllegalArgumentException.class, () -> chars.setText("0123456789x"));
        assertThrows(IllegalArgumentException.class, () -> chars.setRawValue(new byte[11]));
        assertEquals("0123456789", chars.text());
        assertEquals((byte) '1', chars.get(1));
        assertEquals("345", chars.slice(3, 6).text());
    }

    @Test
    void shouldBehaveAsAJavaSequence() {
        final DoubleArray doubles = shared.array("d", 'd', new double[] {3, 1, 2});
        assertEquals(6.0, doubles.stream().sum());
        doubles.sort();
        assertArrayEquals(new double[] {1, 2, 3}, doubles.toArray());
        double sum = 0;
        for (final double element : doubles) {
            sum += element;
        }
        assertEquals(6.0, sum);
        final DoubleArray tail = doubles.slice(1, 3);
        tail.set(0, 9);
        assertEquals(9.0, doubles.get(1));
        assertThrows(IndexOutOfBoundsException.class, () -> tail.get(2));
        assertThrows(IndexOutOfBoundsException.class, () -> doubles.slice(2, 4));
        final FloatArray floats = shared.array("f", 'f', List.of(0.5, 1.5));
        assertEquals(2.0f, floats.addAndGet(0, 1.5f));
        assertEquals(3.0f, floats.accumulateAndGet(1, 2, (a, b) -> a * b));
        final IntArray bytes = shared.array("b", 'B', new int[] {-1, 256, 7});
        assertEquals(262, bytes.stream().sum());
        bytes.fill(3);
        assertEquals(2, bytes.updateAndGet(1, before -> before - 1));
        assertEquals(3, bytes.iterator().nextInt());
        final LongArray unsigned = shared.array("I", 'I', new long[] {-1, 1});
        unsigned.sort();
        assertEquals(4294967295L, unsigned.get(1));
    }

    @Test
    void shouldCopyToAnotherNameAndStaySeparate() {
        for (final CType type : CType.values()) {
            final Array array = shared.array("array " + type.code(), type, 3);
            array.setBoxed(1, 1);
            final Array copy = array.copyTo(shared, "copy " + type.code());
            array.setBoxed(1, 0);
            assertEquals(type, copy.type());
            assertEquals(3, copy.length());
            assertTrue(copy.boxed(1).equals(Boolean.TRUE) || ((Number) copy.boxed(1)).intValue() == 1, type.toString());
            assertThrows(IllegalStateException.class, copy::lock);
        }
    }

    @Test
    void shouldLieAsCpythonAndNumpyReadIt() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name + "-py", 64)) {
            IntArray.at(memory.buffer(), 0, CType.UNSIGNED_SHORT, 3).setAll(0, new int[] {1, 2, -1}, 0, 3);
            DoubleArray.at(memory.buffer(), 8, 2).setAll(0, new double[] {0.5, -1}, 0, 2);
            final Process python;
            try {
                python = new ProcessBuilder(
                                "python3",
                                "-c",
                                "import sys\n"
                                        + "f = open(sys.argv[1], 'rb').read()\n"
                                        + "print(list(memoryview(f)[:6].cast('H')), list(memoryview(f)[8:24].cast('d')))",
                                SharedDirectory.path().resolve(name + "-py").toString())
                        .redirectErrorStream(true)
                        .start();
            } catch (final IOException e) {
                assumeTrue(false, "no python3: " + e);
                throw e;
            }
            final String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, python.waitFor(), printed);
            assertEquals("[1, 2, 65535] [0.5, -1.0]", printed.strip());
            memory.unlink();
        }
    }
}
