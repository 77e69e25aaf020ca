package io.condatis.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a lock, which processes of other versions read. */
@Timeout(30)
class LockDescriptorTest {
    private static final int OFFSET = Participants.lengthBytes();

    @TempDir
    Path directory;

    @Test
    void shouldBeTwoCacheLinesLong() {
        assertEquals(128, SharedLock.LENGTH);
    }

    @Test
    void shouldHoldTheOwnerInTheStateWord() {
        try (LockRegion region = LockRegion.create(directory)) {
            final UnsafeBuffer memory = region.memory();
            assertEquals(0, memory.getLong(OFFSET));
            assertEquals(0x4C4F_434B, memory.getInt(OFFSET + 8));
            region.lock().lock();
            final long slot = region.participants().slot();
            final long thread = ThreadOrdinal.current().number();
            assertEquals(1L << 44 | slot << 32 | thread, memory.getLong(OFFSET));
            region.lock().unlock();
            assertEquals(0, memory.getLong(OFFSET));
        }
    }

    @Test
    void shouldTakeFlagsAndOwnerFromTheirBits() {
        final long word = 0xFFFF_FFFF_FFFF_FFFFL;
        assertEquals((1 << 19) - 1, OwnerToken.generation(word));
        assertEquals(4095, OwnerToken.slot(word));
        assertEquals((1 << 30) - 1, OwnerToken.thread(word));
        assertEquals(~(1L << 63 | 1L << 31 | 1L << 30), OwnerToken.MASK);
        assertEquals(~OwnerToken.MASK, LockDescriptor.DIRTY | LockDescriptor.WAITERS | LockDescriptor.STARVING);
    }

    @Test
    void shouldCountRecoveriesWaitsAndTheLongestWait() {
        try (LockRegion region = LockRegion.create(directory)) {
            final UnsafeBuffer memory = region.memory();
            memory.putLong(OFFSET + 64, 7);
            memory.putLong(OFFSET + 72, 8);
            memory.putLong(OFFSET + 80, 9);
            assertEquals(7, region.lock().recoveries());
            assertEquals(8, region.lock().waits());
            assertEquals(9, region.lock().longestWaitNs());
        }
    }
}
