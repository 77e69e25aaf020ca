package io.condatis.internal.client;

import io.condatis.internal.protocol.ItemRun;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Deliveries that came ahead of demand, as they came: runs of items whose sequences follow each other. Written, then read,
 * then cleared and used again; what was read before stays valid while more is written. Not thread-safe.
 */
final class AheadItems {
    private static final int INITIAL_CAPACITY = 16 * 1024;
    private static final int RUN_HEADER_LENGTH = 2 * BitUtil.SIZE_OF_INT;

    private UnsafeBuffer buffer = new UnsafeBuffer(new byte[INITIAL_CAPACITY]);
    private int limit;
    private int position;
    private int leftInRun;
    private int size;
    private int sequence;
    private int attempt;
    private int bodyOffset;
    private int bodyLength;

    /** Number of items not read yet. */
    int size() {
        return size;
    }

    void addRun(
            final int firstSequence, final int count, final DirectBuffer source, final int offset, final int length) {
        final int start = beginRun(firstSequence, count, length);
        buffer.putBytes(start, source, offset, length);
    }

    void add(
            final int itemSequence,
            final int itemAttempt,
            final DirectBuffer source,
            final int offset,
            final int length) {
        final int start = beginRun(itemSequence, 1, ItemRun.HEADER_LENGTH + length);
        buffer.putBytes(ItemRun.putHeader(buffer, start, itemAttempt, length), source, offset, length);
    }

    private int beginRun(final int firstSequence, final int count, final int length) {
        final int end = limit + RUN_HEADER_LENGTH + length;
        if (end > buffer.capacity()) {
            final UnsafeBuffer larger =
                    new UnsafeBuffer(new byte[Math.max(end, Math.min(2 * buffer.capacity(), Integer.MAX_VALUE - 8))]);
            larger.putBytes(0, buffer, 0, limit);
            buffer = larger;
        }
        buffer.putInt(limit, firstSequence, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(limit + BitUtil.SIZE_OF_INT, count, ByteOrder.LITTLE_ENDIAN);
        final int start = limit + RUN_HEADER_LENGTH;
        limit = end;
        size += count;
        return start;
    }

    /** Step to the next item; false when there is none. */
    boolean next() {
        if (leftInRun == 0) {
            if (position == limit) {
                return false;
            }
            sequence = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN) - 1;
            leftInRun = buffer.getInt(position + BitUtil.SIZE_OF_INT, ByteOrder.LITTLE_ENDIAN);
            position += RUN_HEADER_LENGTH;
        }
        leftInRun--;
        size--;
        sequence++;
        attempt = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
        bodyLength = buffer.getInt(position + BitUtil.SIZE_OF_INT, ByteOrder.LITTLE_ENDIAN);
        bodyOffset = position + ItemRun.HEADER_LENGTH;
        position = bodyOffset + bodyLength;
        return true;
    }

    int sequence() {
        return sequence;
    }

    int attempt() {
        return attempt;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    int bodyOffset() {
        return bodyOffset;
    }

    int bodyLength() {
        return bodyLength;
    }

    /** Forget what was read; nothing may be left to read. */
    void clear() {
        limit = 0;
        position = 0;
    }
}
