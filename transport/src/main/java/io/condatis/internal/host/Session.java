package io.condatis.internal.host;

import io.aeron.Image;
import io.aeron.ImageControlledFragmentAssembler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.condatis.internal.protocol.ChunkAssembler;
import io.condatis.sync.Doorbell;
import org.agrona.DirectBuffer;

/** One client: its request stream, its response stream and the process behind it. */
final class Session {
    /** What to do with a request; answers whether the session goes on. */
    @FunctionalInterface
    interface RequestHandler {
        void onRequest(Session session, DirectBuffer buffer, int offset, int length);
    }

    final long id;
    private final Image image;
    private final RequestHandler handler;
    private final ImageControlledFragmentAssembler assembler = new ImageControlledFragmentAssembler(
            (buffer, offset, length, header) -> onFragment(buffer, offset, length));

    /** Registration of the response publication, until it is there. */
    private final long pendingEgress;

    private final ChunkAssembler chunks = new ChunkAssembler();
    private Egress egress;
    private Doorbell doorbell;
    private boolean ringDue;
    private int slot = -1;
    private int generation;
    private boolean over;

    Session(final long id, final Image image, final long pendingEgress, final RequestHandler handler) {
        this.id = id;
        this.image = image;
        this.pendingEgress = pendingEgress;
        this.handler = handler;
    }

    long pendingEgress() {
        return pendingEgress;
    }

    boolean isImage(final Image other) {
        return image == other;
    }

    boolean hasEgress() {
        return egress != null;
    }

    void egress(final Egress opened) {
        egress = opened;
    }

    /** The client has said who it is. */
    void admit(final int clientSlot, final int clientGeneration, final Doorbell clientDoorbell) {
        slot = clientSlot;
        generation = clientGeneration;
        doorbell = clientDoorbell;
    }

    /** {@return where its long messages are put together} */
    ChunkAssembler chunks() {
        return chunks;
    }

    boolean isAdmitted() {
        return slot >= 0;
    }

    int slot() {
        return slot;
    }

    int generation() {
        return generation;
    }

    /**
     * Read some requests; none before answers can be sent. The padding at the end of a term counts as one: it has been passed,
     * and what comes after it is still to be read before anybody may sleep.
     */
    int poll(final int limit) {
        if (egress == null || over) {
            return 0;
        }
        final long before = image.position();
        final int fragments = image.controlledPoll(assembler, limit);
        return fragments > 0 || image.position() == before ? fragments : 1;
    }

    private Action onFragment(final DirectBuffer buffer, final int offset, final int length) {
        handler.onRequest(this, buffer, offset, length);
        return over ? Action.BREAK : Action.CONTINUE;
    }

    /** False when the client must be cut off. */
    boolean send(final DirectBuffer buffer, final int offset, final int length) {
        ringDue = true;
        return egress.send(buffer, offset, length);
    }

    int flush() {
        if (egress == null || egress.isEmpty()) {
            return 0;
        }
        final int sent = egress.flush();
        ringDue |= sent > 0;
        return sent;
    }

    /** {@return whether nothing waits for room in the client's stream} */
    boolean isFlushed() {
        return egress == null || egress.isEmpty();
    }

    /** Wake the client if something was sent since the last time. */
    void ring() {
        if (ringDue) {
            wake();
        }
        ringDue = false;
    }

    void wake() {
        if (doorbell != null) {
            doorbell.ring();
        }
    }

    /** Nothing more is read from it. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    void close() {
        if (egress != null) {
            egress.close();
        }
    }
}
