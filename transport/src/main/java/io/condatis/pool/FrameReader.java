package io.condatis.pool;

import io.condatis.payload.Payloads;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what {@link FrameWriter} wrote. */
final class FrameReader {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private int position;

    FrameReader wrap(final byte[] frame) {
        buffer.wrap(frame);
        position = 0;
        return this;
    }

    byte int8() {
        position += Byte.BYTES;
        return buffer.getByte(position - Byte.BYTES);
    }

    int int32() {
        position += Integer.BYTES;
        return buffer.getInt(position - Integer.BYTES);
    }

    long int64() {
        position += Long.BYTES;
        return buffer.getLong(position - Long.BYTES);
    }

    byte[] bytes() {
        final byte[] bytes = new byte[int32()];
        buffer.getBytes(position, bytes);
        position += bytes.length;
        return bytes;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Moves on, also when the value cannot be read. */
    Object payload(final Payloads payloads) {
        final int length = int32();
        final int start = position;
        position += length;
        return payloads.decode(buffer, start, length);
    }

    void skipPayload() {
        final int length = int32();
        position += length;
    }
}
