package io.condatis.internal.store;

import io.condatis.error.CondatisException;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** Reads what {@link SnapshotWriter} has written. */
final class SnapshotReader {
    private final DirectBuffer buffer;
    private final int end;
    private int limit;

    SnapshotReader(final DirectBuffer buffer, final int offset, final int length) {
        this.buffer = buffer;
        limit = offset;
        end = offset + length;
    }

    boolean isAtEnd() {
        return limit == end;
    }

    int takeInt() {
        return buffer.getInt(advance(BitUtil.SIZE_OF_INT), ByteOrder.LITTLE_ENDIAN);
    }

    long takeLong() {
        return buffer.getLong(advance(BitUtil.SIZE_OF_LONG), ByteOrder.LITTLE_ENDIAN);
    }

    boolean takeBoolean() {
        return buffer.getByte(advance(1)) != 0;
    }

    byte[] takeBytes() {
        final int length = takeInt();
        final int offset = advance(length);
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    void takeBody(final Body body) {
        final int length = takeInt();
        body.set(buffer, advance(length), length);
    }

    /** {@return an item written with {@link SnapshotWriter#putItem}} */
    Item takeItem(final ItemPool items) {
        final long priority = takeLong();
        final long arrival = takeLong();
        final int attempt = takeInt();
        final int sequence = takeInt();
        final boolean granted = takeBoolean();
        final int length = takeInt();
        final Item item = items.take(buffer, advance(length), length);
        item.priority = priority;
        item.arrival = arrival;
        item.attempt = attempt;
        item.sequence = sequence;
        item.granted = granted;
        return item;
    }

    private int advance(final int length) {
        final int offset = limit;
        if (length < 0 || length > end - offset) {
            throw new CondatisException("The snapshot is cut off or garbled at byte " + offset + ".");
        }
        limit = offset + length;
        return offset;
    }
}
