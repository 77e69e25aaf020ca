package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Layout of the table of participants: a header, then {@link #SLOTS} slots. Native byte order, aligned to 64.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Magic            written last by the creator, release        |
 *  +---------------------------------------------------------------+
 *  |  Slots            how many follow; by the creator             |
 *  +---------------------------------------------------------------+
 *  |  Polling joins    getAndAdd by each joiner that cannot wake   |
 *  +---------------------------------------------------------------+
 *  |  Joins            getAndAdd by each joiner, last of all       |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 64                                           ...
 *  +---------------------------------------------------------------+
 * </pre>
 * One slot. Only the process that holds the kernel lock on the slot's byte of the liveness file writes it; anybody reads.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-------------------------+-------------------------------------+
 *  |  0                      |  Generation, volatile, last of all  |
 *  +-------------------------+---------------------------------+-+-+
 *  |  Flags                                                    |O|W|
 *  +-----------------------------------------------------------+-+-+
 *  |  Pid              0 after an orderly leave; volatile          |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Start ticks      clock ticks since boot, 0 = unknown         |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Pid namespace    inode, 0 = unknown                          |
 *  |                                                               |
 *  +-------------------------+-------------------------------------+
 *  |  0                      |  Left, the last user that said so   |
 *  +-------------------------+-------------------------------------+
 *  |  Reserved up to 64                                           ...
 *  +---------------------------------------------------------------+
 * </pre>
 * W: the process wakes those who sleep on a futex. O: its kernel lock survives other descriptors (see LivenessFile).
 *
 * <p>The generation grows by one with each process that takes the slot and skips 0, so the pair (slot, generation) names
 * one process. Everything else is written before it, after the kernel lock was taken: a joiner killed in between leaves a
 * free byte and an old generation, both of which mean "dead".
 */
final class ParticipantsDescriptor {
    static final int SLOTS = 256;
    static final int ALIGNMENT = 64;

    static final int MAGIC = 0x5041_5254; // "PART"
    static final int MAGIC_OFFSET = 0;
    static final int SLOTS_OFFSET = MAGIC_OFFSET + SIZE_OF_INT;
    static final int POLLING_JOINS_OFFSET = SLOTS_OFFSET + SIZE_OF_INT;
    static final int JOINS_OFFSET = POLLING_JOINS_OFFSET + SIZE_OF_INT;
    static final int HEADER_LENGTH = 64;

    static final int GENERATION_OFFSET = 0;
    static final int FLAGS_OFFSET = GENERATION_OFFSET + SIZE_OF_INT;
    static final int PID_OFFSET = FLAGS_OFFSET + SIZE_OF_INT;
    static final int START_TICKS_OFFSET = PID_OFFSET + SIZE_OF_LONG;
    static final int PID_NAMESPACE_OFFSET = START_TICKS_OFFSET + SIZE_OF_LONG;
    static final int LEFT_OFFSET = PID_NAMESPACE_OFFSET + SIZE_OF_LONG;
    static final int SLOT_LENGTH = 64;

    static final int LENGTH = HEADER_LENGTH + SLOTS * SLOT_LENGTH;

    static final int FLAG_CAN_WAKE = 1;
    static final int FLAG_EXACT_LOCK = 1 << 1;

    private ParticipantsDescriptor() {}

    static int slotOffset(final int slot) {
        return HEADER_LENGTH + slot * SLOT_LENGTH;
    }
}
