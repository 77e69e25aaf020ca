package io.condatis.sync;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * A small number for a thread, unique in this process while the thread exists, and what the thread holds. Thread ids
 * would not do: virtual threads use up any number of bits in time. The number of a thread that has been garbage collected
 * is given out again, unless it ended while holding something: then its number stays its own for ever, so that no later
 * thread passes for the owner.
 */
final class ThreadOrdinal extends WeakReference<Thread> {
    private static final ReferenceQueue<Thread> GONE = new ReferenceQueue<>();
    private static final Map<Integer, ThreadOrdinal> KNOWN = new HashMap<>();
    private static final ArrayDeque<Integer> FREE = new ArrayDeque<>();
    private static final ThreadLocal<ThreadOrdinal> CURRENT = ThreadLocal.withInitial(ThreadOrdinal::register);
    private static int lastNumber;

    private final int number;

    /** Locks held; written by the thread itself only. */
    private int holds;

    private ThreadOrdinal(final Thread thread, final int number) {
        super(thread, GONE);
        this.number = number;
    }

    /** {@return the calling thread's} */
    static ThreadOrdinal current() {
        return CURRENT.get();
    }

    /** {@return the number, 1 to 2^30 - 1} */
    int number() {
        return number;
    }

    void acquired() {
        holds++;
    }

    void released() {
        holds--;
    }

    /**
     * Names a thread of this process for a message.
     *
     * @param number an ordinal
     * @return its name, or that it has ended
     */
    static String describe(final int number) {
        final ThreadOrdinal ordinal;
        synchronized (KNOWN) {
            ordinal = KNOWN.get(number);
        }
        final Thread thread = ordinal == null ? null : ordinal.get();
        return thread != null && thread.isAlive() ? "thread '" + thread.getName() + "'" : "a thread that has ended";
    }

    private static ThreadOrdinal register() {
        synchronized (KNOWN) {
            for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
                final ThreadOrdinal ordinal = (ThreadOrdinal) gone;
                if (ordinal.holds == 0) {
                    KNOWN.remove(ordinal.number);
                    FREE.add(ordinal.number);
                }
            }
            final Integer recycled = FREE.poll();
            if (recycled == null && lastNumber == OwnerToken.THREAD_MASK) {
                throw new IllegalStateException("more than " + OwnerToken.THREAD_MASK + " threads use shared locks");
            }
            final int number = recycled == null ? ++lastNumber : recycled;
            final ThreadOrdinal ordinal = new ThreadOrdinal(Thread.currentThread(), number);
            KNOWN.put(number, ordinal);
            return ordinal;
        }
    }
}
