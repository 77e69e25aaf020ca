package io.condatis.internal.store;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;

/** Appends to a snapshot: little endian, nothing aligned, bytes preceded by their length. */
final class SnapshotWriter {
    private final MutableDirectBuffer buffer;
    private final int start;
    private int limit;

    SnapshotWriter(final MutableDirectBuffer buffer, final int offset) {
        this.buffer = buffer;
        start = offset;
        limit = offset;
    }

    int length() {
        return limit - start;
    }

    void putInt(final int value) {
        buffer.putInt(limit, value, ByteOrder.LITTLE_ENDIAN);
        limit += BitUtil.SIZE_OF_INT;
    }

    void putLong(final long value) {
        buffer.putLong(limit, value, ByteOrder.LITTLE_ENDIAN);
        limit += BitUtil.SIZE_OF_LONG;
    }

    void putBoolean(final boolean value) {
        buffer.putByte(limit, (byte) (value ? 1 : 0));
        limit++;
    }

    void putBytes(final byte[] bytes) {
        putBytes(bytes, 0, bytes.length);
    }

    void putBody(final Body body) {
        putBytes(body.bytes(), Body.OFFSET, body.length());
    }

    void putItem(final Item item) {
        putLong(item.priority);
        putLong(item.arrival);
        putInt(item.attempt);
        putInt(item.sequence);
        putBoolean(item.granted);
        putBody(item.body);
    }

    private void putBytes(final byte[] bytes, final int offset, final int length) {
        putInt(length);
        buffer.putBytes(limit, bytes, offset, length);
        limit += length;
    }
}
