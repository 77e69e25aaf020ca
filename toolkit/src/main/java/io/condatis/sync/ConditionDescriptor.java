package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Layout of a condition: a header, then a cell for each waiter. Native byte order, aligned to 64.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Magic            written last by the creator, volatile       |
 *  +---------------------------------------------------------------+
 *  |  Cells            how many follow; by the creator             |
 *  +---------------------------------------------------------------+
 *  |  Next ticket      under the lock                              |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Statistics       three longs, see there; a recovery is a     |
 *  |                   signal of the dead that another one got   ...
 *  +---------------------------------------------------------------+
 *  |  Lock             bytes from this condition to its lock; CAS  |
 *  |                   from 0 by whoever comes first               |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 64                                           ...
 *  +---------------------------------------------------------------+
 * </pre>
 * One cell. Written under the lock only; its owner reads the state without it.
 * <pre>
 *  +---------------------------------------------------------------+
 *  |  Token            of the waiter, see OwnerToken               |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Ticket           the order of the waiters                    |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  State            FREE, WAITING or NOTIFIED; the futex word   |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 32                                           ...
 *  +---------------------------------------------------------------+
 * </pre>
 * A cell comes into being with its last store, WAITING, and ends with FREE. Token and ticket mean nothing while it is FREE.
 */
final class ConditionDescriptor {
    static final int MAGIC = 0x434F_4E44; // "COND"

    static final int MAGIC_OFFSET = 0;
    static final int CELLS_OFFSET = MAGIC_OFFSET + SIZE_OF_INT;
    static final int TICKET_OFFSET = CELLS_OFFSET + SIZE_OF_INT;
    static final int STATISTICS_OFFSET = TICKET_OFFSET + SIZE_OF_LONG;
    static final int LOCK_OFFSET = STATISTICS_OFFSET + Statistics.LENGTH;
    static final int HEADER_LENGTH = 64;

    static final int CELL_TOKEN_OFFSET = 0;
    static final int CELL_TICKET_OFFSET = CELL_TOKEN_OFFSET + SIZE_OF_LONG;
    static final int CELL_STATE_OFFSET = CELL_TICKET_OFFSET + SIZE_OF_LONG;
    static final int CELL_LENGTH = 32;

    static final int FREE = 0;
    static final int WAITING = 1;
    static final int NOTIFIED = 2;

    static final int DEFAULT_CELLS = 62;
    static final int MAX_CELLS = 1 << 16;

    private ConditionDescriptor() {}

    static int cellOffset(final int cell) {
        return HEADER_LENGTH + cell * CELL_LENGTH;
    }
}
