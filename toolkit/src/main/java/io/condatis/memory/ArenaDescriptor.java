package io.condatis.memory;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;
import static org.agrona.BitUtil.align;

import io.condatis.sync.Participants;
import io.condatis.sync.SharedLock;
import org.agrona.DirectBuffer;

/**
 * Layout of an arena: the file behind {@code SharedObjects}. In the byte order of the machine; the magic tells.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Magic            "CONDATIS", written last                    |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Layout version                                               |
 *  +---------------------------------------------------------------+
 *  |  Entries          number of places in the directory           |
 *  +---------------------------------------------------------------+
 *  |  Generation       random; names the liveness file             |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  File length      in bytes                                    |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Capacity         of the heap, in bytes                       |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Creator's pid                                                |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Creator's slot                                               |
 *  +---------------------------------------------------------------+
 *  |  Creator's slot generation                                    |
 *  +---------------------------------------------------------------+
 *  |  Incarnations     how many objects were ever made here        |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  (zero)                                                     128
 *  +---------------------------------------------------------------+
 *  |  Directory lock   SharedLock                                ...
 *  +---------------------------------------------------------------+
 *  |  Participants     table of slots, at a multiple of 128      ...
 *  +---------------------------------------------------------------+
 *  |  Directory        entries of {@link EntryDescriptor}, likewise ...
 *  +---------------------------------------------------------------+
 *  |  Heap             records at multiples of 128, from a page  ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The creator writes everything before the file has its name. Later only Incarnations changes, by the holder of the
 * directory lock.
 */
final class ArenaDescriptor {
    static final long MAGIC = 0x53495441444E4F43L;
    static final int LAYOUT_VERSION = 2;

    static final int MAGIC_OFFSET = 0;
    static final int LAYOUT_VERSION_OFFSET = MAGIC_OFFSET + SIZE_OF_LONG;
    static final int ENTRIES_OFFSET = LAYOUT_VERSION_OFFSET + SIZE_OF_INT;
    static final int GENERATION_OFFSET = ENTRIES_OFFSET + SIZE_OF_INT;
    static final int FILE_LENGTH_OFFSET = GENERATION_OFFSET + SIZE_OF_LONG;
    static final int CAPACITY_OFFSET = FILE_LENGTH_OFFSET + SIZE_OF_LONG;
    static final int CREATOR_PID_OFFSET = CAPACITY_OFFSET + SIZE_OF_LONG;
    static final int CREATOR_SLOT_OFFSET = CREATOR_PID_OFFSET + SIZE_OF_LONG;
    static final int CREATOR_SLOT_GENERATION_OFFSET = CREATOR_SLOT_OFFSET + SIZE_OF_INT;
    static final int INCARNATIONS_OFFSET = CREATOR_SLOT_GENERATION_OFFSET + SIZE_OF_INT;

    /** Two cache lines, which the processor fetches in pairs: objects do not disturb each other across it. */
    static final int ALIGNMENT = 128;

    static final int HEADER_LENGTH = ALIGNMENT;
    static final int LOCK_OFFSET = HEADER_LENGTH;
    static final int PARTICIPANTS_OFFSET = align(LOCK_OFFSET + SharedLock.LENGTH, ALIGNMENT);
    static final int DIRECTORY_OFFSET = align(PARTICIPANTS_OFFSET + Participants.lengthBytes(), ALIGNMENT);

    private static final int PAGE = 4096;
    private static final int HEAP_BYTES_PER_ENTRY = 1024;
    private static final int MIN_ENTRIES = 64;
    private static final int MAX_ENTRIES = 16 * 1024;

    private ArenaDescriptor() {}

    static int entriesFor(final long capacity) {
        return (int) Math.max(MIN_ENTRIES, Math.min(MAX_ENTRIES, capacity / HEAP_BYTES_PER_ENTRY));
    }

    static int heapOffset(final int entries) {
        return align(DIRECTORY_OFFSET + entries * EntryDescriptor.LENGTH, PAGE);
    }

    static long fileLengthFor(final long capacity) {
        return align(heapOffset(entriesFor(capacity)) + capacity, PAGE);
    }

    /**
     * Compares a header with what this version of Condatis makes.
     *
     * @param header at least the first {@link #HEADER_LENGTH} bytes of the file, if it has so many
     * @param fileLength of the file
     * @return what is wrong, or null
     */
    static String faultOf(final DirectBuffer header, final long fileLength) {
        if (fileLength < HEADER_LENGTH || header.getLong(MAGIC_OFFSET) != MAGIC) {
            return "it does not begin as shared objects do";
        }
        final int version = header.getInt(LAYOUT_VERSION_OFFSET);
        if (version != LAYOUT_VERSION) {
            return "it has layout version " + version + ", this version of Condatis reads " + LAYOUT_VERSION;
        }
        final long length = header.getLong(FILE_LENGTH_OFFSET);
        if (length != fileLength) {
            return "it has " + fileLength + " bytes, its header says " + length + ": it was truncated or copied";
        }
        final int entries = header.getInt(ENTRIES_OFFSET);
        final long capacity = header.getLong(CAPACITY_OFFSET);
        return entries < 1 || entries > MAX_ENTRIES || capacity != length - heapOffset(entries)
                ? "its header is damaged: entries=" + entries + " capacity=" + capacity + " length=" + length
                : null;
    }
}
