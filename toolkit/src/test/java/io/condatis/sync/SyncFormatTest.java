package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds the code and the page on what synchronises together: by the dumps in it, and by its table of each record. */
@Timeout(30)
class SyncFormatTest {
    private static final Pattern ROW = Pattern.compile("(?m)^([0-9a-f]{2})  ([0-9a-f]{16})");
    private static final int ROOM = 32 * 1024;

    private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(ROOM, 64));

    @BeforeEach
    void requireTheByteOrderOfTheDumps() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        memory.setMemory(0, ROOM, (byte) 0xee);
    }

    @Test
    void shouldMakeTheLocksOfThePage() throws IOException {
        SharedLock.initialise(memory, 0);
        assertDumped("lock");
        SharedReentrantLock.initialise(memory, 0, Abandonment.POISON);
        assertDumped("reentrant lock, policy POISON");
        assertEquals(128, SharedLock.LENGTH);
        assertEquals(128, SharedReentrantLock.LENGTH);
        assertTable("Lock and reentrant lock", 0, 8, 12, 16, LockDescriptor.STATISTICS_OFFSET);
        assertEquals(
                List.of(0, 1, 2),
                List.of(Abandonment.REPORT.code(), Abandonment.REPAIR.code(), Abandonment.POISON.code()));
    }

    @Test
    void shouldMakeTheSemaphoresOfThePage() throws IOException {
        SharedSemaphore.initialise(memory, 0, 1, 2);
        assertDumped("semaphore, 1 permit of at most 2");
        SharedBoundedSemaphore.initialise(memory, 0, 1);
        assertDumped("bounded semaphore, 1 permit");
        assertEquals(128, SharedSemaphore.lengthBytes(8));
        assertTable(
                "Semaphore and bounded",
                SemaphoreDescriptor.SEQUENCE_OFFSET,
                SemaphoreDescriptor.MAGIC_OFFSET,
                SemaphoreDescriptor.CELLS_OFFSET,
                SemaphoreDescriptor.STATISTICS_OFFSET,
                SemaphoreDescriptor.cellOffset(0));
    }

    @Test
    void shouldMakeTheEventOfThePage() throws IOException {
        SharedEvent.initialise(memory, 0);
        memory.putInt(EventDescriptor.STATE_OFFSET, EventDescriptor.GENERATION_STEP | EventDescriptor.SET);
        assertDumped("event, set once");
        assertTable(
                "Event", EventDescriptor.STATE_OFFSET, EventDescriptor.MAGIC_OFFSET, EventDescriptor.STATISTICS_OFFSET);
    }

    @Test
    void shouldMakeTheConditionOfThePage() throws IOException {
        SharedCondition.initialise(memory, 0, 1);
        assertDumped("condition for 1 waiter");
        assertEquals(64 + 32, SharedCondition.lengthBytes(1));
        assertTable(
                "Condition",
                ConditionDescriptor.MAGIC_OFFSET,
                ConditionDescriptor.CELLS_OFFSET,
                ConditionDescriptor.TICKET_OFFSET,
                ConditionDescriptor.STATISTICS_OFFSET,
                ConditionDescriptor.LOCK_OFFSET,
                ConditionDescriptor.cellOffset(0));
    }

    @Test
    void shouldMakeTheBarrierOfThePage() throws IOException {
        SharedBarrier.initialise(memory, 0, 1);
        assertDumped("barrier for 1 party");
        assertEquals(192 + 16, SharedBarrier.lengthBytes(1));
        assertTable(
                "Barrier",
                BarrierDescriptor.LOCK_OFFSET,
                BarrierDescriptor.SEQUENCE_OFFSET,
                BarrierDescriptor.CAUSE_OFFSET,
                BarrierDescriptor.GENERATION_OFFSET,
                BarrierDescriptor.CULPRIT_OFFSET,
                BarrierDescriptor.MAGIC_OFFSET,
                BarrierDescriptor.SEATS_OFFSET,
                BarrierDescriptor.STATISTICS_OFFSET,
                BarrierDescriptor.seatOffset(0));
    }

    @Test
    void shouldMakeTheReadWriteLockOfThePage() throws IOException {
        SharedReadWriteLock.initialise(memory, 0, 1);
        assertDumped("read-write lock for 1 reader");
        assertEquals(192 + 8, SharedReadWriteLock.lengthBytes(1));
        assertTable(
                "Read-write lock",
                ReadWriteLockDescriptor.GATE_OFFSET,
                ReadWriteLockDescriptor.DEPARTURES_OFFSET,
                ReadWriteLockDescriptor.WRITING_OFFSET,
                ReadWriteLockDescriptor.DIRTY_OFFSET,
                ReadWriteLockDescriptor.MAGIC_OFFSET,
                ReadWriteLockDescriptor.CELLS_OFFSET,
                ReadWriteLockDescriptor.STATISTICS_OFFSET,
                ReadWriteLockDescriptor.cellOffset(0));
    }

    @Test
    void shouldMakeTheParticipantsOfThePage() throws IOException {
        Participants.initialise(memory, 0);
        assertDumped("participants");
        assertEquals(64 + 64 * 256, Participants.lengthBytes());
        assertTable(
                "Participants",
                ParticipantsDescriptor.MAGIC_OFFSET,
                ParticipantsDescriptor.SLOTS_OFFSET,
                ParticipantsDescriptor.POLLING_JOINS_OFFSET,
                ParticipantsDescriptor.JOINS_OFFSET,
                ParticipantsDescriptor.slotOffset(0));
    }

    /** The rows that follow a line of the page, up to the next line that is no row, are what is in memory. */
    private void assertDumped(final String line) throws IOException {
        final String page = page();
        final int start = page.indexOf("\n" + line + "\n");
        assertTrue(start >= 0, "no dump of " + line);
        int rows = 0;
        for (final String text :
                page.substring(start + line.length() + 2).lines().toList()) {
            final var row = ROW.matcher(text);
            if (!row.find()) {
                break;
            }
            final byte[] bytes = new byte[8];
            memory.getBytes(Integer.parseInt(row.group(1), 16), bytes);
            assertEquals(row.group(2), HexFormat.of().formatHex(bytes), line + " at 0x" + row.group(1));
            rows++;
        }
        assertTrue(rows > 0, "no rows of " + line);
    }

    /** The offsets in the table of a section, in order. */
    private static void assertTable(final String section, final Integer... offsets) throws IOException {
        final String text = page();
        final int start = text.indexOf("\n## " + section);
        assertTrue(start >= 0, "no section " + section);
        final String body = text.substring(start, text.indexOf("```", start));
        final List<Integer> found = Pattern.compile("(?m)^\\| (\\d+) \\|")
                .matcher(body)
                .results()
                .map((final MatchResult row) -> Integer.valueOf(row.group(1)))
                .toList();
        assertEquals(List.of(offsets), found, section);
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "formats", "synchronisation.md"));
    }
}
