package io.condatis.manager;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A queue of work: every item taken is to be reported done, and {@link #join()} waits until all are. CPython's {@code
 * JoinableQueue}, with what it lacks: a consumer that dies loses nothing.
 *
 * <p><b>Order</b> is first in, first out over all producers, by arrival at the server; among several consumers, an item on
 * its way to one of them may be overtaken by younger ones for about a millisecond. <b>Bounded</b> by an exact maximum: a
 * put waits only while so many items are in the queue and not taken. An item put is visible to the putting thread's next
 * {@code poll()} and {@code size()}.
 *
 * <p><b>Lease.</b> An item that is taken stays the server's until the taking process calls {@link #taskDone()}. When that
 * process ends before, by {@code kill -9} too, its items go back to their place at the head and the next consumer gets them;
 * {@link #attempt()} then says so. So an item is worked on at least once, and exactly once as long as no consumer dies. A
 * consumer that is merely stopped keeps its items. A producer that ends after {@code put} returned has lost nothing.
 *
 * <p>{@code null} is not allowed. Iterators and {@link #peek()} show what nobody has taken, weakly consistent, and cannot
 * remove.
 *
 * @param <E> items; copies go in and come out
 */
public interface JoinableQueue<E> extends BlockingQueue<E> {
    /**
     * Report an item done: the oldest that the calling thread has taken and not reported; when it has taken none, the oldest
     * that any thread of this process has.
     *
     * @throws IllegalStateException when this process holds no item that is not reported
     */
    void taskDone();

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
