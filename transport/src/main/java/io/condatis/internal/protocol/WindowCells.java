package io.condatis.internal.protocol;

import static io.condatis.internal.protocol.WindowDescriptor.AHEAD_MASK;
import static io.condatis.internal.protocol.WindowDescriptor.AHEAD_SHIFT;
import static io.condatis.internal.protocol.WindowDescriptor.DONE_OFFSET;
import static io.condatis.internal.protocol.WindowDescriptor.GENERATION_MASK;
import static io.condatis.internal.protocol.WindowDescriptor.GENERATION_SHIFT;
import static io.condatis.internal.protocol.WindowDescriptor.LENGTH;
import static io.condatis.internal.protocol.WindowDescriptor.NOTIFY;
import static io.condatis.internal.protocol.WindowDescriptor.PUTS_OFFSET;
import static io.condatis.internal.protocol.WindowDescriptor.RECEIVED_OFFSET;
import static io.condatis.internal.protocol.WindowDescriptor.SEQUENCE_MASK;
import static io.condatis.internal.protocol.WindowDescriptor.TAKES_OFFSET;

import org.agrona.concurrent.AtomicBuffer;

/**
 * The windows of every session and queue, in memory that clients and server share.
 *
 * <p>A window lets a client act at once on what the server has set aside for it, and lets the server take back what is
 * unspent at any moment and without the client's help. Both are one CAS on one word, so neither can come between the
 * other's steps, and a process killed anywhere leaves a true count behind. Safe for any number of threads and processes.
 *
 * <p>A <i>window</i> is a cell together with its generation, one number that the server tells the client. When the session
 * has ended, the cell gets another generation, and what is tried with the old one does nothing.
 */
public final class WindowCells {
    /** What {@link #take} and {@link #done} answer when the client may go on. */
    public static final int TAKEN = 1;

    /** As {@link #TAKEN}, and the server wants to hear of it by QueueTaken. */
    public static final int TAKEN_NOTIFY = 2;

    /** What {@link #take} answers when the delivery was recalled: it belongs to somebody else now and must be dropped. */
    public static final int VOID = 0;

    /** Most deliveries that may lie ahead. */
    public static final int MOST_AHEAD = (int) AHEAD_MASK;

    private static final int CELL_BITS = 16;
    private static final int CELL_MASK = (1 << CELL_BITS) - 1;

    private final AtomicBuffer buffer;
    private final int offset;
    private final int count;

    /**
     * Windows at a place in shared memory.
     *
     * @param buffer the memory, mapped by both ends
     * @param offset of the first cell, a multiple of 128
     * @param count number of cells, at most 65536
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
     * {@return the first window of a cell that was zero at first}
     *
     * @param cell 0 to {@link #count()} - 1
     */
    public static int first(final int cell) {
        return cell;
    }

    /**
     * Server: end a window; its cell's next one is empty.
     *
     * @param window that nobody may use any more
     * @return the next window of the cell
     */
    public int renew(final int window) {
        final long next = generation(window) + 1 & GENERATION_MASK;
        final int index = index(window);
        buffer.putLongVolatile(index + PUTS_OFFSET, next << GENERATION_SHIFT);
        buffer.putLongVolatile(index + TAKES_OFFSET, next << GENERATION_SHIFT);
        buffer.putLongVolatile(index + DONE_OFFSET, next << GENERATION_SHIFT);
        buffer.putLongVolatile(index + RECEIVED_OFFSET, next << GENERATION_SHIFT);
        return (int) next << CELL_BITS | window & CELL_MASK;
    }

    /**
     * Client: spend one put credit.
     *
     * @param window of this session and queue
     * @return false when there is none; then the put must be asked for
     */
    public boolean spendPut(final int window) {
        final int puts = index(window) + PUTS_OFFSET;
        long word;
        do {
            word = buffer.getLongVolatile(puts);
            if (sequence(word) <= 0 || isStale(word, window)) {
                return false;
            }
        } while (!buffer.compareAndSetLong(puts, word, word - 1));
        return true;
    }

    /**
     * Client: take back that a credit was spent, for a put that will not come. Nothing when the session is over.
     *
     * @param window of this session and queue
     */
    public void unspendPut(final int window) {
        final int puts = index(window) + PUTS_OFFSET;
        long word;
        do {
            word = buffer.getLongVolatile(puts);
        } while (!isStale(word, window) && !buffer.compareAndSetLong(puts, word, word + 1));
    }

    /**
     * Server: add put credits.
     *
     * @param window of the session and queue
     * @param credits how many more
     */
    public void grantPuts(final int window, final int credits) {
        buffer.getAndAddLong(index(window) + PUTS_OFFSET, credits);
    }

    /**
     * Server: take back every unspent put credit.
     *
     * @param window of the session and queue
     * @return how many there were
     */
    public int revokePuts(final int window) {
        return sequence(buffer.getAndSetLong(index(window) + PUTS_OFFSET, word(window, 0, 0, 0)));
    }

    /**
     * {@return how many put credits are unspent}
     *
     * @param window of the session and queue
     */
    public int unspentPuts(final int window) {
        return sequence(buffer.getLongVolatile(index(window) + PUTS_OFFSET));
    }

    /**
     * Client: take a delivery, if it is still ours. To be offered in the order they came.
     *
     * @param window of this session and queue
     * @param sequence of the delivery
     * @return {@link #TAKEN}, {@link #TAKEN_NOTIFY} or {@link #VOID}
     */
    public int take(final int window, final int sequence) {
        final int takes = index(window) + TAKES_OFFSET;
        while (true) {
            final long word = buffer.getLongVolatile(takes);
            final int ahead = ahead(word);
            if (sequence(word) + 1 != sequence || ahead == 0 || isStale(word, window)) {
                return VOID;
            }
            if (buffer.compareAndSetLong(takes, word, word(window, 0, ahead - 1, sequence))) {
                return (word & NOTIFY) == 0 ? TAKEN : TAKEN_NOTIFY;
            }
        }
    }

    /**
     * {@return sequence of the last delivery that the application took, or that was recalled}
     *
     * @param window of the session and queue
     */
    public int taken(final int window) {
        return sequence(buffer.getLongVolatile(index(window) + TAKES_OFFSET));
    }

    /**
     * Server: let the client take deliveries up to a sequence.
     *
     * @param window of the session and queue
     * @param upTo the last one it may take
     */
    public void extendTakes(final int window, final int upTo) {
        final int takes = index(window) + TAKES_OFFSET;
        long word;
        long next;
        do {
            word = buffer.getLongVolatile(takes);
            next = word(window, word & NOTIFY, upTo - sequence(word), sequence(word));
        } while (!buffer.compareAndSetLong(takes, word, next));
    }

    /**
     * Server: void every delivery that is not taken yet.
     *
     * @param window of the session and queue
     * @param delivered sequence of the last delivery sent
     * @return sequence of the last one taken; those after it are the server's again
     */
    public int recallTakes(final int window, final int delivered) {
        return sequence(buffer.getAndSetLong(index(window) + TAKES_OFFSET, word(window, 0, 0, delivered)));
    }

    /**
     * Server: ask the client to send QueueTaken when it takes next.
     *
     * @param window of the session and queue
     */
    public void notifyTakes(final int window) {
        watch(index(window) + TAKES_OFFSET);
    }

    /**
     * Client: say that every delivery up to a sequence is done. Several threads take turns.
     *
     * @param window of this session and queue
     * @param upTo sequence of the last one
     * @return {@link #TAKEN}, {@link #TAKEN_NOTIFY}, or {@link #VOID} when the session is over
     */
    public int done(final int window, final int upTo) {
        return move(index(window) + DONE_OFFSET, window, upTo);
    }

    /**
     * Client: say that the answer to a request has arrived. One thread at a time, in the order in which they come.
     *
     * @param window of this session and queue
     * @param sequence of the delivery
     * @return {@link #TAKEN}, or {@link #VOID} when the session is over and the item is somebody else's
     */
    public int received(final int window, final int sequence) {
        return move(index(window) + RECEIVED_OFFSET, window, sequence);
    }

    /**
     * {@return sequence of the last answer to a request that has arrived}
     *
     * @param window of the session and queue
     */
    public int lastReceived(final int window) {
        return sequence(buffer.getLongVolatile(index(window) + RECEIVED_OFFSET));
    }

    private int move(final int index, final int window, final int sequence) {
        long word;
        do {
            word = buffer.getLongVolatile(index);
            if (isStale(word, window)) {
                return VOID;
            }
        } while (!buffer.compareAndSetLong(index, word, word(window, 0, 0, sequence)));
        return (word & NOTIFY) == 0 ? TAKEN : TAKEN_NOTIFY;
    }

    /**
     * {@return sequence up to which every delivery is done}
     *
     * @param window of the session and queue
     */
    public int doneUpTo(final int window) {
        return sequence(buffer.getLongVolatile(index(window) + DONE_OFFSET));
    }

    /**
     * Server: ask the client to send QueueTaken when more is done.
     *
     * @param window of the session and queue
     */
    public void notifyDone(final int window) {
        watch(index(window) + DONE_OFFSET);
    }

    private void watch(final int index) {
        long word;
        do {
            word = buffer.getLongVolatile(index);
        } while ((word & NOTIFY) == 0 && !buffer.compareAndSetLong(index, word, word | NOTIFY));
    }

    private int index(final int window) {
        final int cell = window & CELL_MASK;
        if (window < 0 || cell >= count) {
            throw new IndexOutOfBoundsException("window=" + window + " cell=" + cell + " count=" + count);
        }
        return offset + cell * LENGTH;
    }

    private static long generation(final int window) {
        return window >>> CELL_BITS;
    }

    private static boolean isStale(final long word, final int window) {
        return (word >>> GENERATION_SHIFT & GENERATION_MASK) != generation(window);
    }

    private static int sequence(final long word) {
        return (int) (word & SEQUENCE_MASK);
    }

    private static int ahead(final long word) {
        return (int) (word >>> AHEAD_SHIFT & AHEAD_MASK);
    }

    private static long word(final int window, final long notify, final int ahead, final int sequence) {
        return notify
                | (ahead & AHEAD_MASK) << AHEAD_SHIFT
                | generation(window) << GENERATION_SHIFT
                | sequence & SEQUENCE_MASK;
    }
}
