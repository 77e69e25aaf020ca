package io.condatis.internal.host;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import java.util.ArrayDeque;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages on their way to one client. What the stream does not take at once waits here, in order and up to a limit: the
 * server never waits for a client.
 */
final class Egress {
    static final int MAX_WAITING_BYTES = 16 * 1024 * 1024;

    private static final int ADMIN_RETRIES = 3;

    private final ExclusivePublication publication;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final UnsafeBuffer wrapper = new UnsafeBuffer(0, 0);
    private long waitingBytes;

    Egress(final ExclusivePublication publication) {
        this.publication = publication;
    }

    /** False when the client has let too much pile up and must be cut off. */
    boolean send(final DirectBuffer buffer, final int offset, final int length) {
        if (waiting.isEmpty() && offer(buffer, offset, length)) {
            return true;
        }
        if (waitingBytes + length > MAX_WAITING_BYTES) {
            return false;
        }
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        waiting.add(copy);
        waitingBytes += length;
        return true;
    }

    /** Number of messages that the stream took now. */
    int flush() {
        int sent = 0;
        while (!waiting.isEmpty()) {
            final byte[] next = waiting.peek();
            wrapper.wrap(next);
            if (!offer(wrapper, 0, next.length)) {
                break;
            }
            waiting.poll();
            waitingBytes -= next.length;
            sent++;
        }
        return sent;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void close() {
        CloseHelper.quietClose(publication);
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
