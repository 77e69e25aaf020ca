package io.condatis.manager;

import java.util.concurrent.TimeUnit;

/**
 * A queue that hands out the lowest priority first, and what came first where priorities are the same. CPython's {@code
 * PriorityQueue}, with the priority beside the item instead of inside it: the server orders numbers, not objects.
 *
 * <p>What goes for {@link SharedQueue} goes for this one, but the order. Every take is a request to the server, since what
 * comes next is known only then. The methods of {@link java.util.concurrent.BlockingQueue} put with priority 0.
 *
 * @param <E> items; copies go in and come out
 */
public interface SharedPriorityQueue<E> extends SharedQueue<E> {
    /**
     * Put an item, waiting for room.
     *
     * @param item not null
     * @param priority lowest first
     * @throws InterruptedException when interrupted while waiting; then nothing was put
     */
    void put(E item, long priority) throws InterruptedException;

    /**
     * Put an item if there is room now.
     *
     * @param item not null
     * @param priority lowest first
     * @return whether it was put
     */
    boolean offer(E item, long priority);

    /**
     * Put an item, waiting for room, but not for ever.
     *
     * @param item not null
     * @param priority lowest first
     * @param timeout longest wait; at most 0 does not wait
     * @param unit of the time-out
     * @return whether it was put
     * @throws InterruptedException when interrupted while waiting; then nothing was put
     */
    boolean offer(E item, long priority, long timeout, TimeUnit unit) throws InterruptedException;
}
