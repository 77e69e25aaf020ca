package io.condatis.internal.host;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.condatis.internal.protocol.Chunker;
import io.condatis.internal.protocol.Protocol;
import java.util.ArrayDeque;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages on their way to one client, long ones in chunks. What the stream does not take at once waits here, in order and
 * up to a limit: the server never waits for a client.
 */
final class Egress {
    /** Room for some of the longest answers, which threads of one process may ask for at once. */
    static final int MAX_WAITING_BYTES = 4 * Protocol.MAX_MESSAGE_LENGTH;

    private static final int ADMIN_RETRIES = 3;

    private final ExclusivePublication publication;
    private final Metrics metrics;
    private final Chunker chunker = new Chunker();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final UnsafeBuffer wrapper = new UnsafeBuffer(0, 0);
    private long waitingBytes;
    /** How much of the first message that waits has been sent. */
    private int position;

    Egress(final ExclusivePublication publication, final Metrics metrics) {
        this.publication = publication;
        this.metrics = metrics;
    }

    /** False when the client has let too much pile up and must be cut off. */
    boolean send(final DirectBuffer buffer, final int offset, final int length) {
        metrics.sent();
        if (waiting.isEmpty() && transmit(buffer, offset, length)) {
            return true;
        }
        if (waitingBytes + length > MAX_WAITING_BYTES) {
            return false;
        }
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        waiting.add(copy);
        waitingBytes += length;
        metrics.delayed(length);
        return true;
    }

    /** Number of messages that the stream took now. */
    int flush() {
        int sent = 0;
        while (!waiting.isEmpty()) {
            final byte[] next = waiting.peek();
            wrapper.wrap(next);
            final int before = position;
            if (!transmit(wrapper, 0, next.length)) {
                return position > before ? sent + 1 : sent;
            }
            waiting.poll();
            waitingBytes -= next.length;
            metrics.settled(next.length);
            sent++;
        }
        return sent;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void close() {
        metrics.settled(waitingBytes);
        waitingBytes = 0;
        CloseHelper.quietClose(publication);
    }

    /** Send a message from {@link #position} on; false when the stream did not take all of it. */
    private boolean transmit(final DirectBuffer buffer, final int offset, final int length) {
        if (length <= Protocol.MAX_WHOLE_LENGTH) {
            return offer(buffer, offset, length);
        }
        while (position < length) {
            if (!offer(chunker.buffer(), 0, chunker.write(buffer, offset, length, position))) {
                return false;
            }
            position += Chunker.dataLength(length, position);
        }
        position = 0;
        return true;
    }

    /** True also when the stream is closed: nobody will ever read the message. */
    private boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        long result = publication.offer(buffer, offset, length);
        for (int i = 0; i < ADMIN_RETRIES && result == Publication.ADMIN_ACTION; i++) {
            result = publication.offer(buffer, offset, length);
        }
        return result > 0 || result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED;
    }
}
