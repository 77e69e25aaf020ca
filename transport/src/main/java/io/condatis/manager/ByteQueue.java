package io.condatis.manager;

import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * A queue for items that are bytes: they go from the caller's buffer into the stream, and are read where they arrived.
 * Nothing is allocated for an item. Both faces of a queue can be mixed: such an item is a {@code byte[]} to the other one.
 *
 * <p>Thread-safe. In one process one thread drains at a time, and others that drain wait for its handler; those that take
 * objects from the same queue meanwhile ask the server.
 */
public interface ByteQueue {
    /** Is shown items. */
    @FunctionalInterface
    interface Handler {
        /**
         * An item was taken.
         *
         * @param buffer holding it; only valid during the call
         * @param offset of the item
         * @param length of the item
         */
        void onItem(DirectBuffer buffer, int offset, int length);
    }

    /**
     * Put an item if there is room now.
     *
     * @param buffer holding the item, which is copied
     * @param offset of the item
     * @param length of the item, at least 0
     * @return whether it was put
     */
    boolean offer(DirectBuffer buffer, int offset, int length);

    /**
     * Put an item, waiting for room.
     *
     * @param buffer holding the item, which is copied
     * @param offset of the item
     * @param length of the item, at least 0
     * @throws InterruptedException when interrupted while waiting; then nothing was put
     */
    void put(DirectBuffer buffer, int offset, int length) throws InterruptedException;

    /**
     * Take what is there now, and show it to a handler, one item after the other. In a {@link JoinableQueue} an item is
     * reported done when the handler returns from it. When the handler throws, the exception comes out of this call; the
     * item is given back in a joinable queue, and gone otherwise; what comes after it is untouched.
     *
     * @param handler shown the items; must not drain the same queue
     * @param limit most items
     * @return how many there were; 0 only when the queue was empty
     * @throws io.condatis.payload.PayloadException when an item was put that is not bytes; it is gone
     */
    int drain(Handler handler, int limit);

    /**
     * As {@link #drain(Handler, int)}, but waits for the first item.
     *
     * @param handler shown the items; must not drain the same queue
     * @param limit most items
     * @param timeout longest wait for the first; at most 0 does not wait
     * @param unit of the time-out
     * @return how many there were; 0 when the time passed first
     * @throws InterruptedException when interrupted while waiting; then nothing was taken
     */
    int drain(Handler handler, int limit, long timeout, TimeUnit unit) throws InterruptedException;
}
