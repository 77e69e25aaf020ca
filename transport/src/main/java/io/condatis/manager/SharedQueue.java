package io.condatis.manager;

import java.util.Collection;
import java.util.concurrent.BlockingQueue;

/**
 * A queue that a manager keeps for any number of processes. CPython's {@code Queue} of a manager.
 *
 * <p><b>Order</b> is first in, first out over all producers, by arrival at the server; among several consumers, an item on
 * its way to one of them may be overtaken by younger ones for about a millisecond. <b>Bounded</b> by an exact maximum: a
 * put waits only while so many items are in the queue and not taken. An item put is visible to the putting thread's next
 * {@code poll()} and {@code size()}.
 *
 * <p><b>At most once.</b> An item is gone from the queue as soon as a process has taken it; should that process end before
 * it has done anything with it, the item is lost. Nothing else is: what was on its way to a process that ended goes to the
 * next. Where every item counts, use {@link JoinableQueue}. A producer that ends after {@code put} returned has lost
 * nothing.
 *
 * <p>{@code null} is not allowed. Items are copies. {@link #addAll} and {@link #drainTo} travel in a few messages, not one
 * for each item. Iterators and {@link #peek()} show what nobody has taken, weakly consistent; what they remove, and what
 * {@code remove(Object)}, {@code removeIf} and the like remove, nobody has taken either.
 *
 * @param <E> items; copies go in and come out
 */
public interface SharedQueue<E> extends BlockingQueue<E>, AutoCloseable {
    /**
     * Put each item as {@link #add} would, in order, many at a time.
     *
     * @param items not this queue
     * @return whether there was any
     * @throws IllegalStateException when the queue is full; the items before that one have been put
     */
    @Override
    boolean addAll(Collection<? extends E> items);

    /** {@return the same queue for items that are bytes, without an object for each} */
    ByteQueue bytes();

    /**
     * Use the queue no more through this object; idempotent. Whatever is called afterwards, but {@code toString} and the
     * like, throws {@link IllegalStateException}. The queue and its items stay, for others and for whoever opens it again.
     */
    @Override
    void close();

    /** {@return whether it is closed here} */
    boolean isClosed();
}
