package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Layout of a barrier: a lock, a header, then a seat for each party. Native byte order, aligned to 64.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Lock             128 bytes, see LockDescriptor              ...
 *  +---------------------------------------------------------------+
 *  |  Sequence         grows when waiters must look; the futex word|
 *  +---------------------------------------------------------------+
 *  |  Cause            0 = whole, otherwise why it is broken       |
 *  +---------------------------------------------------------------+
 *  |  Generation       grows when all have come, and at a reset    |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Culprit          token of the dead party, if that is the cause
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Magic            written last by the creator, volatile       |
 *  +---------------------------------------------------------------+
 *  |  Seats            how many follow; by the creator             |
 *  +---------------------------------------------------------------+
 *  |  Statistics       three longs, see there; a recovery is a     |
 *  |                   break                                     ...
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 192                                          ...
 *  +---------------------------------------------------------------+
 * </pre>
 * One seat. Everything is written under the lock, but for the state going back to SEATED by the seat's owner.
 * <pre>
 *  +---------------------------------------------------------------+
 *  |  Token            of the party, see OwnerToken; 0 = free      |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Arrival, low     index of the arrival << 2 | state           |
 *  +---------------------------------------------------------------+
 *  |  Arrival, high    generation that the party arrived in        |
 *  +---------------------------------------------------------------+
 * </pre>
 * State: SEATED = not waiting; ARRIVED = waiting while the generation is the current one, released when it is not; TURNED =
 * told that the barrier broke. One store of the generation releases everybody, so no death can release some only.
 */
final class BarrierDescriptor {
    static final int MAGIC = 0x4241_5252; // "BARR"

    static final int LOCK_OFFSET = 0;
    static final int SEQUENCE_OFFSET = LOCK_OFFSET + LockDescriptor.LENGTH;
    static final int CAUSE_OFFSET = SEQUENCE_OFFSET + SIZE_OF_INT;
    static final int GENERATION_OFFSET = CAUSE_OFFSET + SIZE_OF_INT;
    static final int CULPRIT_OFFSET = GENERATION_OFFSET + SIZE_OF_LONG;
    static final int MAGIC_OFFSET = CULPRIT_OFFSET + SIZE_OF_LONG;
    static final int SEATS_OFFSET = MAGIC_OFFSET + SIZE_OF_INT;
    static final int STATISTICS_OFFSET = SEATS_OFFSET + SIZE_OF_INT;
    static final int HEADER_LENGTH = 192;

    static final int SEAT_TOKEN_OFFSET = 0;
    static final int SEAT_ARRIVAL_OFFSET = SEAT_TOKEN_OFFSET + SIZE_OF_LONG;
    static final int SEAT_LENGTH = 16;

    static final int SEATED = 0;
    static final int ARRIVED = 1;
    static final int TURNED = 2;

    static final int MAX_PARTIES = 4096;

    private static final int STATE_MASK = 3;
    private static final int INDEX_SHIFT = 2;
    private static final int GENERATION_SHIFT = 32;

    private BarrierDescriptor() {}

    static int seatOffset(final int seat) {
        return HEADER_LENGTH + seat * SEAT_LENGTH;
    }

    static int length(final int parties) {
        if (parties < 1 || parties > MAX_PARTIES) {
            throw new IllegalArgumentException("parties=" + parties + " is not from 1 to " + MAX_PARTIES);
        }
        return seatOffset(parties);
    }

    static long arrival(final long generation, final int index, final int state) {
        return generation << GENERATION_SHIFT | (long) index << INDEX_SHIFT | state;
    }

    static int state(final long arrival) {
        return (int) arrival & STATE_MASK;
    }

    static int index(final long arrival) {
        return (int) arrival >>> INDEX_SHIFT;
    }

    static boolean isOf(final long arrival, final long generation) {
        return (int) (arrival >>> GENERATION_SHIFT) == (int) generation;
    }
}
