package io.condatis.manager;

import java.util.concurrent.TimeUnit;

/**
 * A queue of work: every item taken is to be reported done, and {@link #join()} waits until all are. CPython's {@code
 * JoinableQueue}, with what it lacks: a consumer that dies loses nothing.
 *
 * <p><b>Lease.</b> An item that is taken stays the server's until the taking process calls {@link #taskDone()}. When that
 * process ends before, by {@code kill -9} too, its items go back to their place at the head and the next consumer gets them;
 * {@link #attempt()} then says so. So an item is worked on at least once, and exactly once as long as no consumer dies. A
 * consumer that is merely stopped keeps its items. {@link DeadLetters} takes out what no consumer survives.
 *
 * <p><b>Join.</b> What was put counts from the moment {@code put} has returned, in whatever process: who knows that the producers
 * have ended, or was told so, and then joins, waits for all they put.
 *
 * <p>Order, bound, and what else goes for {@link SharedQueue} goes for this one, but that an item taken is not gone.
 *
 * @param <E> items; copies go in and come out
 */
public interface JoinableQueue<E> extends SharedQueue<E> {
    /**
     * Report an item done: the oldest that the calling thread has taken and not reported; when it has taken none, the oldest
     * that any thread of this process has.
     *
     * @throws IllegalStateException when this process holds no item that is not reported
     */
    void taskDone();

    /**
     * Give an item back, undone: the one that {@link #taskDone()} would report. It goes to its place at the head, counts as
     * delivered once more, and the next consumer gets it, which may be this one; or it goes to the dead letters.
     *
     * @throws IllegalStateException when this process holds no item that is not reported
     */
    void giveBack();

    /**
     * Wait until every item that was put is reported done.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    void join() throws InterruptedException;

    /**
     * Wait until every item that was put is reported done, but not for ever.
     *
     * @param timeout longest wait; at most 0 does not wait
     * @param unit of the time-out
     * @return false when the time passed first
     * @throws InterruptedException when interrupted while waiting
     */
    boolean join(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * {@return how often the item that the calling thread took last has been delivered, this time included; 1 for a first
     * delivery, 0 when the thread has taken none} Above 1, a process that had it before died: it may have done the work, or
     * half of it.
     */
    int attempt();
}
