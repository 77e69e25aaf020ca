package io.condatis.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.SharedObjects;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Names;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** The bytes of the file: another version of Condatis, or another language, must find them where they are. */
@ExtendWith(LeakCheck.class)
class ArenaLayoutTest {
    private static final HexFormat HEX = HexFormat.of();

    private final String name = Names.unique();

    @Test
    void shouldKeepHeaderAtItsPlaces() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        try (Arena arena = Arena.create(name, 4096);
                SharedMemory raw = SharedMemory.attach(name)) {
            final AtomicBuffer bytes = raw.buffer();

            assertEquals("CONDATIS", text(bytes, 0, 8));
            assertEquals("02000000" + "40000000", hex(bytes, 8, 8));
            assertTrue(bytes.getLong(16) != 0);
            assertEquals(raw.size(), bytes.getLong(24));
            assertEquals(arena.capacity(), bytes.getLong(32));
            assertEquals(ProcessHandle.current().pid(), bytes.getLong(40));
            assertEquals(arena.participants().slot(), bytes.getInt(48));
            assertEquals(arena.participants().generation(), bytes.getInt(52));
            assertEquals("00".repeat(72), hex(bytes, 56, 72));
        }
    }

    @Test
    void shouldKeepPartsAtTheirPlaces() {
        assertEquals(128, ArenaDescriptor.LOCK_OFFSET);
        assertEquals(256, ArenaDescriptor.PARTICIPANTS_OFFSET);
        assertEquals(0, ArenaDescriptor.DIRECTORY_OFFSET % 128);
        assertEquals(0, ArenaDescriptor.heapOffset(64) % 4096);
        assertEquals(64, ArenaDescriptor.entriesFor(1));
        assertEquals(1024, ArenaDescriptor.entriesFor(1 << 20));
        assertEquals(16384, ArenaDescriptor.entriesFor(1 << 30));
    }

    @Test
    void shouldWriteEntryByteByByte() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        try (Arena arena = Arena.create(name, 4096);
                SharedMemory raw = SharedMemory.attach(name)) {
            arena.obtain("first", ObjectType.value('q'), 8, buffer -> buffer.putLong(0, 0x0102030405060708L));
            arena.obtain("ż", ObjectType.array('d', 33), 264, buffer -> {});
            final int heap = ArenaDescriptor.heapOffset(64);

            assertEquals(
                    "01000000" + "05000000" + "0100000000000000" + le(heap) + "0800000000000000"
                            + "0100000000000000" + "01000000" + "71000000"
                            + "6669727374" + "00".repeat(75),
                    hex(raw.buffer(), ArenaDescriptor.DIRECTORY_OFFSET, 128));
            assertEquals(
                    "01000000" + "02000000" + "0200000000000000" + le(heap + 128) + "0801000000000000"
                            + "2100000000000000" + "02000000" + "64000000"
                            + "c5bc" + "00".repeat(78),
                    hex(raw.buffer(), ArenaDescriptor.DIRECTORY_OFFSET + 128, 128));
            assertEquals("0807060504030201", hex(raw.buffer(), heap, 8));
            assertEquals(2, raw.buffer().getLong(56));
        }
    }

    @Test
    void shouldNameObjectWhenItsEntryIsDamagedAndLetItBeRemoved() {
        try (Arena arena = Arena.create(name, 4096);
                SharedMemory raw = SharedMemory.attach(name)) {
            final ObjectType type = ObjectType.value('q');
            arena.obtain("first", type, 8, buffer -> {});
            final int heap = ArenaDescriptor.heapOffset(64);
            final long[][] records = {{0, 8}, {heap + 8, 8}, {heap, -1}, {heap, 4097}, {1L << 32 | heap, 8}, {-128, 8}};
            for (final long[] record : records) {
                raw.buffer()
                        .putLong(ArenaDescriptor.DIRECTORY_OFFSET + EntryDescriptor.RECORD_OFFSET_OFFSET, record[0]);
                raw.buffer()
                        .putLong(ArenaDescriptor.DIRECTORY_OFFSET + EntryDescriptor.RECORD_LENGTH_OFFSET, record[1]);
                for (final Executable use : List.<Executable>of(
                        () -> arena.find("first", type),
                        arena::entries,
                        arena::freeBytes,
                        () -> arena.obtain("second", type, 8, buffer -> {}))) {
                    final Exception e = assertThrows(IncompatibleLayoutException.class, use);
                    assertTrue(e.getMessage().contains("'first'"), e.getMessage());
                }
            }
            raw.buffer().putInt(ArenaDescriptor.DIRECTORY_OFFSET + 128 + EntryDescriptor.NAME_LENGTH_OFFSET, -7);
            assertTrue(arena.remove("first"));
            arena.obtain("second", type, 8, buffer -> {});
            assertEquals(4096 - 128, arena.freeBytes());
        }
    }

    @Test
    void shouldMakeWhatThePageShows() throws IOException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        final String page = Files.readString(Path.of("..", "docs", "formats", "shared-objects.md"));
        try (Arena arena = Arena.create(name, 4096);
                SharedMemory raw = SharedMemory.attach(name)) {
            arena.obtain("first", ObjectType.value('q'), 8, buffer -> {});
            int rows = 0;
            for (final MatchResult row : Pattern.compile("(?m)^([0-9a-f]{4})  ([0-9a-f]{16})  ")
                    .matcher(page)
                    .results()
                    .toList()) {
                assertEquals(row.group(2), hex(raw.buffer(), Integer.parseInt(row.group(1), 16), 8), row.group());
                rows++;
            }
            assertEquals(7, rows);
        }
        final List<Integer> offsets = List.of(
                ArenaDescriptor.MAGIC_OFFSET,
                ArenaDescriptor.LAYOUT_VERSION_OFFSET,
                ArenaDescriptor.ENTRIES_OFFSET,
                ArenaDescriptor.GENERATION_OFFSET,
                ArenaDescriptor.FILE_LENGTH_OFFSET,
                ArenaDescriptor.CAPACITY_OFFSET,
                ArenaDescriptor.CREATOR_PID_OFFSET,
                ArenaDescriptor.CREATOR_SLOT_OFFSET,
                ArenaDescriptor.CREATOR_SLOT_GENERATION_OFFSET,
                ArenaDescriptor.INCARNATIONS_OFFSET,
                ArenaDescriptor.LOCK_OFFSET,
                ArenaDescriptor.PARTICIPANTS_OFFSET,
                ArenaDescriptor.DIRECTORY_OFFSET);
        assertEquals(offsets, firstColumn(page, "## The file"));
        final List<Integer> kinds =
                Stream.of(ObjectKind.values()).map(ObjectKind::code).toList();
        assertEquals(kinds, firstColumn(page, "| kind | object"));
        assertTrue(page.contains("layout version " + ArenaDescriptor.LAYOUT_VERSION));
    }

    /** The numbers that begin the rows of the first table behind a text. */
    private static List<Integer> firstColumn(final String page, final String text) {
        final String table = page.substring(page.indexOf(text)).split("\n\n(?!\\|)")[0];
        return Pattern.compile("(?m)^\\| (\\d+) \\|")
                .matcher(table)
                .results()
                .map(row -> Integer.valueOf(row.group(1)))
                .toList();
    }

    @Test
    void shouldKeepTheLockBehindWhatItGoesWith() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        try (SharedObjects shared = SharedObjects.create(name, 4096);
                SharedMemory raw = SharedMemory.attach(name)) {
            shared.value("locked", 'i', 7);
            shared.rawValue("raw", 'i', 8);
            final int heap = ArenaDescriptor.heapOffset(64);
            assertEquals("07000000", hex(raw.buffer(), heap, 4));
            assertEquals("KCLR", text(raw.buffer(), heap + 128 + 8, 4));
            assertEquals("08000000", hex(raw.buffer(), heap + 256, 4));
        }
    }

    private static String le(final long value) {
        return HEX.toHexDigits(Long.reverseBytes(value));
    }

    private static String hex(final AtomicBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return HEX.formatHex(bytes);
    }

    private static String text(final AtomicBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
