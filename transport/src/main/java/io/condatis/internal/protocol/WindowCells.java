package io.condatis.internal.protocol;

import static io.condatis.internal.protocol.WindowDescriptor.AHEAD_MASK;
import static io.condatis.internal.protocol.WindowDescriptor.AHEAD_SHIFT;
import static io.condatis.internal.protocol.WindowDescriptor.LENGTH;
import static io.condatis.internal.protocol.WindowDescriptor.NOTIFY;
import static io.condatis.internal.protocol.WindowDescriptor.PUTS_OFFSET;
import static io.condatis.internal.protocol.WindowDescriptor.TAKEN_MASK;
import static io.condatis.internal.protocol.WindowDescriptor.TAKES_OFFSET;

import org.agrona.concurrent.AtomicBuffer;

/**
 * The windows of every session and queue, in memory that clients and server share.
 *
 * <p>A window lets a client act at once on what the server has set aside for it, and lets the server take back what is
 * unspent at any moment and without the client's help. Both are one CAS on one word, so neither can come between the
 * other's steps, and a process killed anywhere leaves a true count behind. Safe for any number of threads and processes.
 */
public final class WindowCells {
    /** What {@link #take} answers when the delivery may be given to the application. */
    public static final int TAKEN = 1;

    /** As {@link #TAKEN}, and the server wants to hear of it by QueueTaken. */
    public static final int TAKEN_NOTIFY = 2;

    /** What {@link #take} answers when the delivery was recalled: it belongs to somebody else now and must be dropped. */
    public static final int VOID = 0;

    private final AtomicBuffer buffer;
    private final int offset;
    private final int count;

    /**
     * Windows at a place in shared memory.
     *
     * @param buffer the memory, mapped by both ends
     * @param offset of the first cell, a multiple of 128
     * @param count number of cells
     */
    public WindowCells(final AtomicBuffer buffer, final int offset, final int count) {
        buffer.boundsCheck(offset, lengthBytes(count));
        this.buffer = buffer;
        this.offset = offset;
        this.count = count;
    }

    /**
     * {@return bytes that a number of cells take}
     *
     * @param count number of cells
     */
    public static int lengthBytes(final int count) {
        return count * LENGTH;
    }

    /** {@return number of cells} */
    public int count() {
        return count;
    }

    /**
     * Server: empty both windows of a cell that nobody uses.
     *
     * @param cell which one
     */
    public void reset(final int cell) {
        buffer.putLongVolatile(index(cell) + PUTS_OFFSET, 0);
        buffer.putLongVolatile(index(cell) + TAKES_OFFSET, 0);
    }

    /**
     * Client: spend one put credit.
     *
     * @param cell of this session and queue
     * @return false when there is none; then the put must be asked for
     */
    public boolean spendPut(final int cell) {
        final int puts = index(cell) + PUTS_OFFSET;
        long credits;
        do {
            credits = buffer.getLongVolatile(puts);
            if (credits <= 0) {
                return false;
            }
        } while (!buffer.compareAndSetLong(puts, credits, credits - 1));
        return true;
    }

    /**
     * Server: add put credits.
     *
     * @param cell of the session and queue
     * @param credits how many more
     */
    public void grantPuts(final int cell, final int credits) {
        buffer.getAndAddLong(index(cell) + PUTS_OFFSET, credits);
    }

    /**
     * Server: take back every unspent put credit.
     *
     * @param cell of the session and queue
     * @return how many there were
     */
    public long revokePuts(final int cell) {
        return buffer.getAndSetLong(index(cell) + PUTS_OFFSET, 0);
    }

    /**
     * Client: take a delivery that came ahead of demand, if it is still ours. To be offered in the order they came.
     *
     * @param cell of this session and queue
     * @param sequence of the delivery
     * @return {@link #TAKEN}, {@link #TAKEN_NOTIFY} or {@link #VOID}
     */
    public int take(final int cell, final int sequence) {
        final int takes = index(cell) + TAKES_OFFSET;
        while (true) {
            final long word = buffer.getLongVolatile(takes);
            final int ahead = ahead(word);
            if (taken(word) + 1 != sequence || ahead == 0) {
                return VOID;
            }
            if (buffer.compareAndSetLong(takes, word, word(0, ahead - 1, sequence))) {
                return (word & NOTIFY) == 0 ? TAKEN : TAKEN_NOTIFY;
            }
        }
    }

    /**
     * {@return sequence of the last delivery that the application took, or that was recalled}
     *
     * @param cell of the session and queue
     */
    public int taken(final int cell) {
        return taken(buffer.getLongVolatile(index(cell) + TAKES_OFFSET));
    }

    /**
     * Server: let the client take deliveries up to a sequence.
     *
     * @param cell of the session and queue
     * @param upTo the last one it may take
     */
    public void extendTakes(final int cell, final int upTo) {
        final int takes = index(cell) + TAKES_OFFSET;
        long word;
        do {
            word = buffer.getLongVolatile(takes);
        } while (!buffer.compareAndSetLong(takes, word, word(word & NOTIFY, upTo - taken(word), taken(word))));
    }

    /**
     * Server: void every delivery that is not taken yet.
     *
     * @param cell of the session and queue
     * @param delivered sequence of the last delivery sent
     * @return sequence of the last one taken; those after it are the server's again
     */
    public int recallTakes(final int cell, final int delivered) {
        final int takes = index(cell) + TAKES_OFFSET;
        long word;
        do {
            word = buffer.getLongVolatile(takes);
        } while (!buffer.compareAndSetLong(takes, word, word(0, 0, delivered)));
        return taken(word);
    }

    /**
     * Server: ask the client to send QueueTaken when it takes next.
     *
     * @param cell of the session and queue
     */
    public void notifyTakes(final int cell) {
        final int takes = index(cell) + TAKES_OFFSET;
        long word;
        do {
            word = buffer.getLongVolatile(takes);
        } while ((word & NOTIFY) == 0 && !buffer.compareAndSetLong(takes, word, word | NOTIFY));
    }

    private int index(final int cell) {
        if (cell < 0 || cell >= count) {
            throw new IndexOutOfBoundsException("window cell=" + cell + " count=" + count);
        }
        return offset + cell * LENGTH;
    }

    private static int taken(final long word) {
        return (int) (word & TAKEN_MASK);
    }

    private static int ahead(final long word) {
        return (int) ((word >>> AHEAD_SHIFT) & AHEAD_MASK);
    }

    private static long word(final long notify, final int ahead, final int taken) {
        return notify | (ahead & AHEAD_MASK) << AHEAD_SHIFT | (taken & TAKEN_MASK);
    }
}
