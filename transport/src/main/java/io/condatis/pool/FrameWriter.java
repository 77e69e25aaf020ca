package io.condatis.pool;

import io.condatis.payload.Payloads;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Builds what travels between a pool and its workers: numbers, and payloads with their lengths before them. */
final class FrameWriter {
    private static final int KEPT_BYTES = 1 << 20;
    private static final int INITIAL_BYTES = 256;

    private ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_BYTES);
    private int position;

    FrameWriter begin() {
        position = 0;
        if (buffer.capacity() > KEPT_BYTES) {
            buffer = new ExpandableArrayBuffer(INITIAL_BYTES);
        }
        return this;
    }

    int position() {
        return position;
    }

    /** {@return where the bytes are, from 0 to the position, until the next are written} */
    DirectBuffer buffer() {
        return buffer;
    }

    /** Forget what was written behind a position. */
    void truncate(final int to) {
        position = to;
    }

    FrameWriter int8(final int value) {
        buffer.putByte(position, (byte) value);
        position += Byte.BYTES;
        return this;
    }

    FrameWriter int32(final int value) {
        buffer.putInt(position, value);
        position += Integer.BYTES;
        return this;
    }

    void int32At(final int at, final int value) {
        buffer.putInt(at, value);
    }

    FrameWriter int64(final long value) {
        buffer.putLong(position, value);
        position += Long.BYTES;
        return this;
    }

    FrameWriter bytes(final byte[] value) {
        int32(value.length);
        buffer.putBytes(position, value);
        position += value.length;
        return this;
    }

    FrameWriter text(final String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Leaves no trace of a value that cannot be encoded. */
    FrameWriter payload(final Object value, final Payloads payloads) {
        final int length = payloads.encode(value, buffer, position + Integer.BYTES);
        int32(length);
        position += length;
        return this;
    }

    byte[] toBytes() {
        final byte[] bytes = new byte[position];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
