package io.condatis.internal.client;

import org.agrona.DirectBuffer;

/** A delivery that came ahead of demand and waits in this process; used again when it has been taken. */
final class Item {
    private final Bytes body = new Bytes();
    private int sequence;
    private int attempt;

    void set(
            final int deliverySequence,
            final int deliveryAttempt,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        sequence = deliverySequence;
        attempt = deliveryAttempt;
        body.buffer().putBytes(0, buffer, offset, length);
        body.length(length);
    }

    int sequence() {
        return sequence;
    }

    int attempt() {
        return attempt;
    }

    Bytes body() {
        return body;
    }
}
