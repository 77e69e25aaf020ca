package io.condatis.internal.store;

import org.agrona.DirectBuffer;

/**
 * What the store puts out. Calls come from within an input of the {@link Store} and must not call back into it.
 */
public interface Outbox {
    /**
     * Send one message. The bytes are the store's own and valid only during the call: copy or transmit them. A host
     * whose transport is busy keeps a copy, in order; it never refuses. A session that has gone is ignored.
     *
     * @param session to whom
     * @param buffer holding the message, header included
     * @param offset of the header
     * @param length of header and message, at most {@link StoreLimits#maxMessageBytes()}
     */
    void send(long session, DirectBuffer buffer, int offset, int length);

    /**
     * Ask for {@link Store#onTimer} once the host's time has reached a deadline. Scheduling an id again moves it.
     *
     * @param timerId never used twice for different things
     * @param deadlineNs in the host's time, the one its inputs carry
     */
    void schedule(long timerId, long deadlineNs);

    /**
     * Forget a timer. One that fires all the same is ignored by the store.
     *
     * @param timerId of an earlier {@link #schedule}
     */
    void cancel(long timerId);
}
