package io.condatis.internal.store;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The managed objects and everything that waits on them; one thread calls it.
 */
public final class Store {
    /**
     * A store without sessions and objects.
     *
     * @param outbox takes what the store puts out
     * @param windows shared with the clients
     * @param limits copied
     */
    public Store(final Outbox outbox, final Windows windows, final StoreLimits limits) {}

    /** {@return whether one more session may be opened; ask before saying Welcome} */
    public boolean hasRoomForSession() {
        return true;
    }

    /**
     * A session begins; the host has said Welcome.
     *
     * @param session never used before
     * @throws ProtocolException when the session is open already or {@link #hasRoomForSession()} is false
     */
    public void onOpen(final long session) {}

    /**
     * A session has ended, by Goodbye, death or expulsion, and its stream has been read to the end. What it had taken
     * and not acknowledged is delivered again, what it had not taken returns to its place, its waiting requests and its
     * credits are forgotten. Ignored for a session that is not open.
     *
     * @param session that ended
     * @param nowNs the host's time
     */
    public void onClose(final long session, final long nowNs) {}

    /**
     * A message of a session: any but Hello and Goodbye.
     *
     * @param session that sent it
     * @param nowNs the host's time
     * @param buffer holding the message, header included; not kept
     * @param offset of the header
     * @param length of header and message
     * @throws ProtocolException when no correct client sends it; nothing was changed
     */
    public void onMessage(
            final long session, final long nowNs, final DirectBuffer buffer, final int offset, final int length) {}

    /**
     * A deadline has passed. Ignored for a timer that is not known any more.
     *
     * @param timerId as scheduled
     * @param nowNs the host's time
     */
    public void onTimer(final long timerId, final long nowNs) {}

    /**
     * Ends a batch of inputs: deliver ahead, grant credits. Called once per duty cycle in which an input came.
     *
     * @param nowNs the host's time
     */
    public void endOfBatch(final long nowNs) {}

    /**
     * Write the whole state.
     *
     * @param buffer that is expandable or large enough
     * @param offset where to begin
     * @return bytes written
     */
    public int snapshot(final MutableDirectBuffer buffer, final int offset) {
        return 0;
    }

    /**
     * Take over a state. Nothing is put out: a host whose timers did not survive calls {@link #scheduleTimers()}.
     *
     * @param buffer holding a snapshot
     * @param offset of the snapshot
     * @param length of the snapshot
     */
    public void load(final DirectBuffer buffer, final int offset, final int length) {}

    /** Schedule every pending timer once more, oldest first. */
    public void scheduleTimers() {}
}
