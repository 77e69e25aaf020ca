package io.condatis.sync;

import static org.agrona.BitUtil.SIZE_OF_LONG;

import org.agrona.concurrent.AtomicBuffer;

/**
 * How a primitive has fared, counted by all processes in its memory. Touched by those only that had to sleep or to recover
 * something, so the ordinary case pays nothing.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Recoveries       getAndAdd by whoever took something over    |
 *  |                   from a dead owner                           |
 *  +---------------------------------------------------------------+
 *  |  Waits            getAndAdd by each that got what it had      |
 *  |                   slept for                                   |
 *  +---------------------------------------------------------------+
 *  |  Longest wait     in ns, raised by CAS by such a thread       |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class Statistics {
    static final int LENGTH = 3 * SIZE_OF_LONG;

    private final AtomicBuffer record;
    private final int recoveriesOffset;
    private final int waitsOffset;
    private final int longestWaitOffset;

    Statistics(final AtomicBuffer record, final int offset) {
        this.record = record;
        this.recoveriesOffset = offset;
        this.waitsOffset = recoveriesOffset + SIZE_OF_LONG;
        this.longestWaitOffset = waitsOffset + SIZE_OF_LONG;
    }

    void recovered() {
        record.getAndAddLong(recoveriesOffset, 1);
    }

    void waited(final long waitedNs) {
        record.getAndAddLong(waitsOffset, 1);
        long longest = longestWaitNs();
        while (waitedNs > longest && !record.compareAndSetLong(longestWaitOffset, longest, waitedNs)) {
            longest = longestWaitNs();
        }
    }

    long recoveries() {
        return record.getLongVolatile(recoveriesOffset);
    }

    long waits() {
        return record.getLongVolatile(waitsOffset);
    }

    long longestWaitNs() {
        return record.getLongVolatile(longestWaitOffset);
    }
}
