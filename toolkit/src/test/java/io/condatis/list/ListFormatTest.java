package io.condatis.list;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.memory.SharedMemory;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds the code and the page on the format together by the dump in it. */
@Timeout(30)
@ExtendWith(LeakCheck.class)
class ListFormatTest {
    private static final Pattern ROW = Pattern.compile("(?m)^([0-9a-f]{3})  ([0-9a-f]{16,})  ");
    private static final int CUT_TEXT = 6;
    private static final int CUT_TEXT_OFFSET = 0xa8;

    private final String name = Names.unique();

    @BeforeEach
    void requireTheByteOrderOfTheDump() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldReadEveryItemWhenListIsTheDumpOfThePage() throws IOException {
        final byte[] dump = dump();
        try (SharedMemory memory = SharedMemory.create(name, dump.length, block -> block.putBytes(0, dump));
                ShareableList list = ShareableList.attach(name)) {
            assertEquals(13, list.size());
            final List<Object> expected = items();
            for (int i = 0; i < expected.size(); i++) {
                if (expected.get(i) instanceof byte[] bytes) {
                    assertArrayEquals(bytes, (byte[]) list.get(i));
                } else {
                    assertEquals(expected.get(i), list.get(i), "item " + i);
                }
            }
            assertEquals("qqdxxxxxxx?xxxxxxx?8s8s8s8s8sxxxxxx?x16s8s", list.format());
            memory.unlink();
        }
    }

    @Test
    void shouldMakeTheBytesOfThePageWhenItemsAreThoseOfTheDump() throws IOException {
        final byte[] expected = dump();
        System.arraycopy("encoded\0".getBytes(StandardCharsets.US_ASCII), 0, expected, CUT_TEXT_OFFSET, Long.BYTES);
        final List<Object> items = items();
        items.set(CUT_TEXT, "encoded");
        items.set(9, new byte[] {'a', 0, 'b', 0, 0});
        try (ShareableList list = ShareableList.create(name, items)) {
            final byte[] made = new byte[expected.length];
            list.sharedMemory().buffer().getBytes(0, made);
            assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(made));
            list.sharedMemory().unlink();
        }
    }

    @Test
    void shouldSeeNoListWhenLengthIsAbsurd() {
        final UnsafeBuffer block = new UnsafeBuffer(new byte[1000]);
        for (final long length : new long[] {-1, 59, Long.MAX_VALUE, 0x0C00_0000_7FFF_FFF0L, 0x0C00_0000_8000_0000L}) {
            block.putLong(0, length);
            assertNull(ListLayout.read(block), "length " + length);
        }
    }

    @Test
    void shouldKeepAllOfATextWhenItHasMoreBytesThanCharacters() {
        final List<String> texts = List.of("encodés", "ééééééé", "żółw✓", "\uD83D\uDE00\uD83D\uDE00");
        try (ShareableList list = ShareableList.create(name, texts)) {
            assertEquals(texts, list.copy());
            assertEquals("16s16s16s16s", list.format());
            list.sharedMemory().unlink();
        }
    }

    private static List<Object> items() {
        return Arrays.asList(
                42L,
                -1L,
                3.5,
                true,
                false,
                "abc",
                "encodés",
                "żółw",
                "HoWdY".getBytes(StandardCharsets.US_ASCII),
                new byte[] {'a', 0, 'b'},
                null,
                "12345678",
                "");
    }

    private static byte[] dump() throws IOException {
        final String page = Files.readString(Path.of("..", "docs", "formats", "shareable-list.md"));
        final byte[] dump = new byte[349];
        ROW.matcher(page).results().forEach(row -> {
            final byte[] bytes = HexFormat.of().parseHex(row.group(2));
            System.arraycopy(bytes, 0, dump, Integer.parseInt(row.group(1), 16), bytes.length);
        });
        return dump;
    }
}
