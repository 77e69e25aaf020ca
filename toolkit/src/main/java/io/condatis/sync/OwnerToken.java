package io.condatis.sync;

/**
 * The name of an owner: one thread of one process. Fits into one word together with a lock's flags, so taking and naming
 * the new owner are one CAS.
 * <pre>
 *   63 62                         44 43            32 31 30 29                        0
 *  +--+-----------------------------+----------------+-----+---------------------------+
 *  |F |  Slot generation (19 bits)  |  Slot (12)     |  F  |  Thread (30 bits), not 0  |
 *  +--+-----------------------------+----------------+-----+---------------------------+
 * </pre>
 * F: flags of the object that is owned, 0 in a token. A word with no owner bits is free.
 */
final class OwnerToken {
    static final int THREAD_BITS = 30;
    static final int SLOT_BITS = 12;
    static final int GENERATION_BITS = 19;

    static final long THREAD_MASK = (1L << THREAD_BITS) - 1;
    static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    static final int GENERATION_MASK = (1 << GENERATION_BITS) - 1;

    private static final int SLOT_SHIFT = 32;
    private static final int GENERATION_SHIFT = SLOT_SHIFT + SLOT_BITS;

    /** The bits of a word that name an owner. */
    static final long MASK = (long) GENERATION_MASK << GENERATION_SHIFT | (long) SLOT_MASK << SLOT_SHIFT | THREAD_MASK;

    private OwnerToken() {}

    /** The token of a process, to which {@code |} adds the thread. */
    static long ofProcess(final int slot, final int generation) {
        return (long) generation << GENERATION_SHIFT | (long) slot << SLOT_SHIFT;
    }

    static int slot(final long word) {
        return (int) (word >>> SLOT_SHIFT) & SLOT_MASK;
    }

    static int generation(final long word) {
        return (int) (word >>> GENERATION_SHIFT) & GENERATION_MASK;
    }

    static int thread(final long word) {
        return (int) (word & THREAD_MASK);
    }
}
