package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_INT;

/**
 * Layout of an event: one cache line. Native byte order, aligned to 64.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-----------------------------------------------------------+-+-+
 *  |  Generation       times it was set, mod 2^30              |S|W|
 *  +-----------------------------------------------------------+-+-+
 *  |  Magic            written last by the creator, release        |
 *  +---------------------------------------------------------------+
 *  |  0                                                            |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Statistics       three longs, see there                      |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 64                                           ...
 *  +---------------------------------------------------------------+
 * </pre>
 * The first word is the futex word and changes by CAS only. S: the event is set. W: somebody may sleep on it.
 */
final class EventDescriptor {
    static final int MAGIC = 0x4556_4E54; // "EVNT"

    static final int STATE_OFFSET = 0;
    static final int MAGIC_OFFSET = STATE_OFFSET + SIZE_OF_INT;
    static final int STATISTICS_OFFSET = 16;
    static final int LENGTH = 64;
    static final int ALIGNMENT = 64;

    static final int WAITERS = 1;
    static final int SET = 1 << 1;
    static final int GENERATION_STEP = 1 << 2;
    static final int GENERATION_MASK = -GENERATION_STEP;

    private EventDescriptor() {}
}
