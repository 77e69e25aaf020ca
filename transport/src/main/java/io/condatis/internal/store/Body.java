package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.DeliveryEncoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.ReplyEncoder;
import io.condatis.internal.protocol.sbe.VarDataEncodingEncoder;
import org.agrona.DirectBuffer;

/**
 * Opaque bytes with room before them for the header of the message that carries them out, so that they are copied once,
 * on the way in.
 */
final class Body {
    /** Bytes before the content in a Delivery. */
    static final int DELIVERY_PREFIX = prefix(DeliveryEncoder.BLOCK_LENGTH);
    /** Bytes before the content in a Reply. */
    static final int REPLY_PREFIX = prefix(ReplyEncoder.BLOCK_LENGTH);
    /** Where the content begins. */
    static final int OFFSET = Math.max(DELIVERY_PREFIX, REPLY_PREFIX);

    private static final int LEAST_CAPACITY = 16;

    private byte[] bytes = {};
    private int length;

    /** Replace the content; allocates only when it does not fit or would waste more than half. */
    void set(final DirectBuffer source, final int offset, final int newLength) {
        final int capacity = bytes.length - OFFSET;
        if (capacity < newLength || capacity > Math.max(LEAST_CAPACITY, 2 * newLength)) {
            bytes = new byte[OFFSET + Math.max(LEAST_CAPACITY, newLength)];
        }
        source.getBytes(offset, bytes, OFFSET, newLength);
        length = newLength;
    }

    /** Make room for a longest content; what was there is gone. */
    void reserve(final int capacity) {
        bytes = new byte[OFFSET + capacity];
        length = 0;
    }

    /** Replace the content by one for which there is room. */
    void fill(final DirectBuffer source, final int offset, final int newLength) {
        source.getBytes(offset, bytes, OFFSET, newLength);
        length = newLength;
    }

    /** {@return the longest content for which there is room} */
    int capacity() {
        return bytes.length - OFFSET;
    }

    /** {@return whether the content is byte for byte that of a buffer} */
    boolean hasContent(final DirectBuffer other) {
        return ByteContent.equal(bytes, OFFSET, length, other, 0, other.capacity());
    }

    /** {@return prefix, content and perhaps some slack} */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private static int prefix(final int blockLength) {
        return MessageHeaderEncoder.ENCODED_LENGTH + blockLength + VarDataEncodingEncoder.varDataEncodingOffset();
    }
}
