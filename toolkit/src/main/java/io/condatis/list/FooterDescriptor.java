package io.condatis.list;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;
import static org.agrona.BitUtil.align;

import io.condatis.sync.Participants;
import io.condatis.sync.SharedLock;
import org.agrona.DirectBuffer;

/**
 * Layout of the footer, by which Java processes keep the items of a list whole among each other. It begins at the first
 * multiple of 64 behind CPython's part of the block, where CPython never looks.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Magic            "CONDLIST"                                  |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Layout version                                               |
 *  +---------------------------------------------------------------+
 *  |  N                number of items, as in front                |
 *  +---------------------------------------------------------------+
 *  |  Id               random; names the liveness file             |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 64                                           ...
 *  +---------------------------------------------------------------+
 *  |  Lock             of the writers, 128 bytes                  ...
 *  +---------------------------------------------------------------+
 *  |  Participants     who may hold the lock                      ...
 *  +---------------------------------------------------------------+
 *  |  Redo item        1 + index of the item that is being         |
 *  |                   written, 0 = none; release                  |
 *  +---------------------------------------------------------------+
 *  |  Redo format, code and length in bytes: 8 bytes each         ...
 *  +---------------------------------------------------------------+
 *  |  Redo data        as much as the largest item holds          ...
 *  +---------------------------------------------------------------+
 *  |  Sequences        N of 8 bytes; odd while the item's type,    |
 *  |                   text or bytes change                       ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Only the holder of the lock writes items. A number that stays of its type is one store. Any other change: redo data;
 * redo item; sequence odd; the item; sequence even; redo item 0. Who finds the lock abandoned does what the redo says
 * again, so an item is the old or the new one whenever its writer was killed. A reader compares the sequence before and
 * after.
 */
final class FooterDescriptor {
    /** "CONDLIST" when written by a little-endian machine. */
    static final long MAGIC = 0x5453494C444E4F43L;

    static final int LAYOUT_VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int LAYOUT_VERSION_OFFSET = MAGIC_OFFSET + SIZE_OF_LONG;
    static final int LENGTH_OFFSET = LAYOUT_VERSION_OFFSET + SIZE_OF_INT;
    static final int ID_OFFSET = LENGTH_OFFSET + SIZE_OF_INT;

    static final int ALIGNMENT = 64;
    static final int LOCK_OFFSET = ALIGNMENT;
    static final int PARTICIPANTS_OFFSET = LOCK_OFFSET + align(SharedLock.LENGTH, ALIGNMENT);
    static final int REDO_ITEM_OFFSET = PARTICIPANTS_OFFSET + align(Participants.lengthBytes(), ALIGNMENT);
    static final int REDO_FORMAT_OFFSET = REDO_ITEM_OFFSET + SIZE_OF_LONG;
    static final int REDO_CODE_OFFSET = REDO_FORMAT_OFFSET + SIZE_OF_LONG;
    static final int REDO_LENGTH_OFFSET = REDO_CODE_OFFSET + SIZE_OF_LONG;
    static final int REDO_DATA_OFFSET = REDO_LENGTH_OFFSET + SIZE_OF_LONG;

    private FooterDescriptor() {}

    /** {@return where the footer of a list begins} */
    static int offsetIn(final ListLayout layout) {
        return align(layout.totalBytes(), ALIGNMENT);
    }

    static int sequencesOffset(final ListLayout layout) {
        return align(REDO_DATA_OFFSET + layout.largestCapacity(), ALIGNMENT);
    }

    static long lengthBytes(final ListLayout layout) {
        return sequencesOffset(layout) + (long) SIZE_OF_LONG * layout.length();
    }

    /** {@return whether a block has room for a footer and one is there} */
    static boolean isIn(final DirectBuffer block, final ListLayout layout) {
        final long offset = align((long) layout.totalBytes(), ALIGNMENT);
        return offset + lengthBytes(layout) <= block.capacity() && block.getLong((int) offset + MAGIC_OFFSET) == MAGIC;
    }
}
