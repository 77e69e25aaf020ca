package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.MessageHeaderDecoder;
import io.condatis.internal.protocol.sbe.VarDataEncodingDecoder;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** The message being handled, its bounds checked once, so that the generated decoders can be trusted afterwards. */
final class Frame {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;
    private Session session;
    private long nowNs;
    private int bodyOffset;
    private int end;

    void wrap(final DirectBuffer message, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            throw new ProtocolException("message shorter than its header: length=" + length);
        }
        header.wrap(message, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            throw new ProtocolException("message of another schema: schemaId=" + header.schemaId());
        }
        buffer = message;
        bodyOffset = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        end = offset + length;
    }

    void from(final Session sender, final long atNs) {
        session = sender;
        nowNs = atNs;
    }

    /** Throws unless the fixed block and so many variable fields lie within the message. */
    void check(final int leastBlockLength, final int dataFields) {
        final int blockLength = header.blockLength();
        int limit = bodyOffset + blockLength;
        if (blockLength < leastBlockLength || limit > end) {
            throw cutOff();
        }
        for (int i = 0; i < dataFields; i++) {
            final int available = end - limit - BitUtil.SIZE_OF_INT;
            final int length = available < 0 ? -1 : buffer.getInt(limit, ByteOrder.LITTLE_ENDIAN);
            if (length < 0 || length > available) {
                throw cutOff();
            }
            limit += VarDataEncodingDecoder.varDataEncodingOffset() + length;
        }
    }

    /** {@return the correlation, when it is one that a request may carry} */
    long request(final long correlation) {
        if (correlation == 0) {
            throw new ProtocolException("request without correlation: templateId=" + templateId());
        }
        if (session.waiter(correlation) != null) {
            throw new ProtocolException("correlation of a request that still waits: correlation=" + correlation);
        }
        return correlation;
    }

    Session session() {
        return session;
    }

    long nowNs() {
        return nowNs;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int bodyOffset() {
        return bodyOffset;
    }

    int templateId() {
        return header.templateId();
    }

    int blockLength() {
        return header.blockLength();
    }

    int version() {
        return header.version();
    }

    private ProtocolException cutOff() {
        return new ProtocolException("message cut off or garbled: templateId=" + templateId() + " blockLength="
                + blockLength() + " length=" + (end - bodyOffset + MessageHeaderDecoder.ENCODED_LENGTH));
    }
}
