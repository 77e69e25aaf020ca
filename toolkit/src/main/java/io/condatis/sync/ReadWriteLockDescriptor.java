package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Layout of a read-write lock: the gate, a header, then a cell for each reader. Native byte order, aligned to 64.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Gate             128 bytes, see LockDescriptor; the writer's |
 *  |                   or, for a moment, a reader's              ...
 *  +---------------------------------------------------------------+
 *  |  Departures       count << 1 | W, CAS only; the futex word    |
 *  +---------------------------------------------------------------+
 *  |  Writing          1 while a writer is inside, under the gate  |
 *  +---------------------------------------------------------------+
 *  |  Dirty            1 after a writer died inside, under the gate|
 *  +---------------------------------------------------------------+
 *  |  Magic            written last by the creator, volatile       |
 *  +---------------------------------------------------------------+
 *  |  Cells            how many follow; by the creator             |
 *  +---------------------------------------------------------------+
 *  |  Reserved                                                     |
 *  +---------------------------------------------------------------+
 *  |  Statistics       three longs, see there; of dead readers, and|
 *  |                   of writers that waited behind the gate    ...
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 192                                          ...
 *  +---------------------------------------------------------------+
 *  |  Cell             token of a reader, see OwnerToken; 0 = free |
 *  |                   CAS only                                    |
 *  +---------------------------------------------------------------+
 * </pre>
 * W: somebody may sleep until a cell is given back.
 */
final class ReadWriteLockDescriptor {
    static final int MAGIC = 0x5257_4C4B; // "RWLK"

    static final int GATE_OFFSET = 0;
    static final int DEPARTURES_OFFSET = GATE_OFFSET + LockDescriptor.LENGTH;
    static final int WRITING_OFFSET = DEPARTURES_OFFSET + SIZE_OF_INT;
    static final int DIRTY_OFFSET = WRITING_OFFSET + SIZE_OF_INT;
    static final int MAGIC_OFFSET = DIRTY_OFFSET + SIZE_OF_INT;
    static final int CELLS_OFFSET = MAGIC_OFFSET + SIZE_OF_INT;
    static final int STATISTICS_OFFSET = CELLS_OFFSET + 2 * SIZE_OF_INT;
    static final int HEADER_LENGTH = 192;

    static final int WAITERS = 1;
    static final int DEPARTURE = 2;

    static final int DEFAULT_CELLS = 128;
    static final int MAX_CELLS = 1 << 16;

    private ReadWriteLockDescriptor() {}

    static int cellOffset(final int cell) {
        return HEADER_LENGTH + cell * SIZE_OF_LONG;
    }
}
