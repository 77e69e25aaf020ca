package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Layout of a lock. Little endian, aligned to 64, two cache lines long, so the hot word shares its line with nothing that
 * is written in the ordinary case.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  State            low half first, CAS only; the low half is   |
 *  |                   the futex word                              |
 *  +---------------------------------------------------------------+
 *  |  Magic            kind of lock; written last by the creator,  |
 *  |                   release                                     |
 *  +---------------------------------------------------------------+
 *  |  Policy           code of an Abandonment; by the creator      |
 *  +---------------------------------------------------------------+
 *  |  Reentries        reentrant locks: times the owner has locked |
 *  |                   beyond the first; by the owner, plain       |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 64                                           ...
 *  +---------------------------------------------------------------+
 *  |  Statistics       three longs, see there                      |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 128                                          ...
 *  +---------------------------------------------------------------+
 * </pre>
 * State, whose owner bits are {@link OwnerToken}'s:
 * <pre>
 *   63 62                         44 43            32 31 30 29                        0
 *  +--+-----------------------------+----------------+--+--+---------------------------+
 *  |D |  Owner: slot generation     |  Owner: slot   |W |S |  Owner: thread            |
 *  +--+-----------------------------+----------------+--+--+---------------------------+
 * </pre>
 * D (dirty): some owner died inside and nobody has declared the state consistent since. W: somebody may sleep on the low
 * half. S (starving): somebody has waited long; newcomers queue behind. The owner is one word with the flags, so no death
 * can fall between taking the lock and saying who did.
 *
 * <p>A lock that is free and clean has 0 reentries, so taking it need not write them. An owner that dies leaves its count;
 * whoever takes a dirty lock sets it to 0 before anything else, and if that one dies first the lock is still dirty.
 */
final class LockDescriptor {
    static final int PLAIN_MAGIC = 0x4C4F_434B; // "LOCK"
    static final int REENTRANT_MAGIC = 0x524C_434B; // "RLCK"

    static final int STATE_OFFSET = 0;
    static final int MAGIC_OFFSET = STATE_OFFSET + SIZE_OF_LONG;
    static final int POLICY_OFFSET = MAGIC_OFFSET + SIZE_OF_INT;
    static final int REENTRIES_OFFSET = POLICY_OFFSET + SIZE_OF_INT;

    static final int STATISTICS_OFFSET = 64;

    static final int LENGTH = 128;
    static final int ALIGNMENT = 64;

    static final long DIRTY = 1L << 63;
    static final long WAITERS = 1L << 31;
    static final long STARVING = 1L << 30;

    private LockDescriptor() {}
}
