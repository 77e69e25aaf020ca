package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.BitUtil;

/**
 * Layout of a semaphore: a header, then a cell for each permit. Native byte order, aligned to 64.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-----------------------------------------------------------+---+
 *  |  Releases that woke somebody, times 2                     | W |
 *  +-----------------------------------------------------------+---+
 *  |  Magic            kind of semaphore; written last by the      |
 *  |                   creator, release                            |
 *  +---------------------------------------------------------------+
 *  |  Cells            how many follow; by the creator             |
 *  +---------------------------------------------------------------+
 *  |  0                                                            |
 *  +---------------------------------------------------------------+
 *  |  Statistics       three longs, see there                      |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 64                                           ...
 *  +---------------------------------------------------------------+
 *  |  Cell 0           CAS only: an {@link OwnerToken}, FREE, or   |
 *  |                   ABSENT                                      |
 *  +---------------------------------------------------------------+
 *  |  ...                                                          |
 * </pre>
 * The first word is the futex word. W: somebody may sleep on it.
 *
 * <p>No word counts the permits. A cell that holds a token is a permit that this thread has; FREE is one that nobody has;
 * ABSENT is one that does not exist, until somebody releases what he has not acquired. So there is no instant at which a
 * death could make a count wrong, and the permits of the dead can be told from those of the living.
 */
final class SemaphoreDescriptor {
    static final int PLAIN_MAGIC = 0x5345_4D41; // "SEMA"
    static final int BOUNDED_MAGIC = 0x4253_454D; // "BSEM"

    static final int SEQUENCE_OFFSET = 0;
    static final int MAGIC_OFFSET = SEQUENCE_OFFSET + SIZE_OF_INT;
    static final int CELLS_OFFSET = MAGIC_OFFSET + SIZE_OF_INT;
    static final int STATISTICS_OFFSET = CELLS_OFFSET + SIZE_OF_LONG;
    static final int HEADER_LENGTH = 64;
    static final int ALIGNMENT = 64;

    static final int MAX_CELLS = 1 << 20;

    static final int WAITERS = 1;
    static final int SEQUENCE_STEP = 2;

    static final long FREE = 0;
    static final long ABSENT = -1;

    private SemaphoreDescriptor() {}

    static int length(final int cells) {
        if (cells < 0 || cells > MAX_CELLS) {
            throw new IllegalArgumentException(
                    "permits=" + cells + ": a semaphore has 0 to " + MAX_CELLS + " permits at most");
        }
        return BitUtil.align(HEADER_LENGTH + cells * SIZE_OF_LONG, ALIGNMENT);
    }

    static int cellOffset(final int cell) {
        return HEADER_LENGTH + cell * SIZE_OF_LONG;
    }
}
