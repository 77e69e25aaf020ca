package io.condatis.internal.client;

import io.condatis.internal.protocol.WindowCells;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this process has taken from a queue and not reported done. Taking goes through the take window, so that the server
 * knows at once; being done is told by one word in the window as long as it goes in order, otherwise by message.
 * Thread-safe.
 */
final class TakenItems {
    static final int NO_WINDOW = -1;

    /** What {@link #pick} answers when there is nothing. */
    static final long NOTHING = Long.MIN_VALUE;

    private final WindowCells windows;
    private final int window;
    private final boolean leased;
    private final ReentrantLock lock = new ReentrantLock();
    private final Unacknowledged unacknowledged = new Unacknowledged();
    /** Deliveries that are being given back: not done until the server says that it has them. */
    private final Unacknowledged goingBack = new Unacknowledged();

    private int lastTaken;

    TakenItems(final WindowCells windows, final int window, final boolean leased) {
        this.windows = windows;
        this.window = window;
        this.leased = leased;
    }

    boolean isLeased() {
        return leased;
    }

    /** Take a delivery for a thread; answers as {@link WindowCells#take}. */
    int take(final int sequence, final long thread) {
        if (!leased) {
            return takeFromWindow(sequence);
        }
        lock.lock();
        try {
            final int answer = takeFromWindow(sequence);
            if (answer != WindowCells.VOID) {
                unacknowledged.add(sequence, thread);
                lastTaken = sequence;
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** What a thread has asked for has arrived; void when the session is over and it is somebody else's. */
    int receive(final int sequence, final long thread) {
        lock.lock();
        try {
            final int answer = window == NO_WINDOW ? WindowCells.TAKEN : windows.received(window, sequence);
            if (leased && answer != WindowCells.VOID) {
                unacknowledged.add(sequence, thread);
                lastTaken = sequence;
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private int takeFromWindow(final int sequence) {
        return window == NO_WINDOW ? WindowCells.TAKEN : windows.take(window, sequence);
    }

    /**
     * Remove the oldest delivery that a thread has taken, or the oldest of all when it has taken none.
     *
     * @param toGiveBack whether it is to be given back, and so not done before {@link #gaveBack}
     * @return its sequence, or {@link #NOTHING} when there is none
     */
    long pick(final long thread, final boolean toGiveBack) {
        lock.lock();
        try {
            if (unacknowledged.count() == 0) {
                return NOTHING;
            }
            final int sequence = unacknowledged.oldestOf(thread);
            pickThis(sequence, toGiveBack);
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    /** Remove a delivery that is there. */
    void pickThis(final int sequence, final boolean toGiveBack) {
        lock.lock();
        try {
            unacknowledged.remove(sequence);
            if (toGiveBack) {
                goingBack.add(sequence, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The server has answered. */
    void gaveBack(final int sequence) {
        lock.lock();
        try {
            goingBack.remove(sequence);
        } finally {
            lock.unlock();
        }
    }

    /** Remove a delivery that is there, and is done; answers as {@link #done}. */
    int pickDone(final int sequence) {
        lock.lock();
        try {
            unacknowledged.remove(sequence);
            return done(sequence);
        } finally {
            lock.unlock();
        }
    }

    /**
     * A delivery is done that was picked. Answers as {@link WindowCells#done}; void when the window cannot say it, because
     * older ones are not done, and it has to be acknowledged by message.
     */
    int done(final int sequence) {
        if (window == NO_WINDOW) {
            return WindowCells.VOID;
        }
        lock.lock();
        try {
            int upTo = lastTaken;
            if (unacknowledged.count() > 0) {
                upTo = unacknowledged.oldest() - 1;
            }
            for (int i = 0; i < goingBack.count(); i++) {
                upTo = upTo - goingBack.get(i) < 0 ? upTo : goingBack.get(i) - 1;
            }
            return upTo - sequence < 0 ? WindowCells.VOID : windows.done(window, upTo);
        } finally {
            lock.unlock();
        }
    }
}
