package io.condatis.internal.client;

import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;

/**
 * Deliveries of one queue that came ahead of demand. The thread that polls adds to one buffer, while a thread that takes
 * has the other one to itself, for as long as it likes: what it reads there stays where it is until it takes the next.
 */
public final class Inbox implements AutoCloseable {
    private final ReentrantLock arriving = new ReentrantLock();
    private final ReentrantLock taking = new ReentrantLock();
    private AheadItems arrived = new AheadItems();
    private AheadItems current = new AheadItems();
    private volatile boolean held;
    private References.Anchor anchor;
    private int half;

    Inbox() {}

    void add(final int sequence, final int attempt, final DirectBuffer buffer, final int offset, final int length) {
        arriving.lock();
        try {
            arrived.add(sequence, attempt, buffer, offset, length);
        } finally {
            arriving.unlock();
        }
    }

    void addRun(final int first, final int count, final DirectBuffer buffer, final int offset, final int length) {
        arriving.lock();
        try {
            arrived.addRun(first, count, buffer, offset, length);
        } finally {
            arriving.unlock();
        }
    }

    /**
     * Take from it, alone, until {@link #close}, for as long as it takes. Waits while another thread does.
     *
     * @throws IllegalStateException when the calling thread does already
     */
    public void open() {
        if (taking.isHeldByCurrentThread()) {
            throw new IllegalStateException("a handler that drains a queue cannot drain it again");
        }
        taking.lock();
        held = true;
    }

    /** Take from it, alone, for a moment; false while a thread has it for longer. */
    boolean openBriefly() {
        while (!held) {
            if (taking.tryLock()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Let others take from it. */
    @Override
    public void close() {
        held = false;
        taking.unlock();
    }

    /** Step to the next item; false when nothing has arrived. */
    boolean next() {
        if (current.next()) {
            return true;
        }
        arriving.lock();
        try {
            if (arrived.size() == 0) {
                return false;
            }
            current.clear();
            final AheadItems read = current;
            current = arrived;
            arrived = read;
        } finally {
            arriving.unlock();
        }
        half = current.size() / 2;
        return current.next();
    }

    /** Keep what the item that was taken last refers to until the next is taken. */
    void anchor(final References.Anchor referred) {
        anchor = referred;
    }

    References.Anchor anchor() {
        return anchor;
    }

    AheadItems current() {
        return current;
    }

    /** Whether half of what arrived together is left just now, and it was more than a few: time for the next. */
    boolean isHalfEmpty() {
        return half > 1 && current.size() == half;
    }

    /** {@return the buffer with the item that was taken last} */
    public DirectBuffer buffer() {
        return current.buffer();
    }

    /** {@return where in {@link #buffer()} that item begins} */
    public int offset() {
        return current.bodyOffset();
    }

    /** {@return its length} */
    public int length() {
        return current.bodyLength();
    }

    /** {@return how often it has been delivered, this time included} */
    public int attempt() {
        return current.attempt();
    }

    /** {@return which delivery of its queue it is} */
    public int sequence() {
        return current.sequence();
    }
}
