package io.condatis.internal.protocol;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A run of a queue's items, one after the other, nothing between them: what Deliveries and QueuePutAll carry.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Attempt          int32, little endian                        |
 *  +---------------------------------------------------------------+
 *  |  Body length      int32, little endian                        |
 *  +---------------------------------------------------------------+
 *  |  Body                                                        ...
 *  +---------------------------------------------------------------+
 * </pre>
 * Nothing is aligned. The run ends with the value that holds it.
 */
public final class ItemRun {
    /** Bytes of an item beside its body. */
    public static final int HEADER_LENGTH = 2 * BitUtil.SIZE_OF_INT;

    /** Longest run of several items: with the headers around it, it fits into one fragment of the stream. */
    public static final int MAX_LENGTH = 8_000;

    private ItemRun() {}

    /**
     * Write the header of an item; its body follows at the returned offset.
     *
     * @param buffer large enough or expandable
     * @param offset of the item
     * @param attempt of the delivery
     * @param length of the body
     * @return where the body is to be written
     */
    public static int putHeader(
            final MutableDirectBuffer buffer, final int offset, final int attempt, final int length) {
        buffer.putInt(offset, attempt, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + BitUtil.SIZE_OF_INT, length, ByteOrder.LITTLE_ENDIAN);
        return offset + HEADER_LENGTH;
    }

    /** Walks over the items of a run; reusable; not thread-safe. */
    public static final class Reader {
        private DirectBuffer buffer;
        private int limit;
        private int end;
        private int attempt;
        private int bodyOffset;
        private int bodyLength;

        /** A reader that has still to be wrapped. */
        public Reader() {}

        /**
         * Begin before the first item.
         *
         * @param run holding the items
         * @param offset of the first
         * @param length of all of them
         * @return this
         */
        public Reader wrap(final DirectBuffer run, final int offset, final int length) {
            run.boundsCheck(offset, length);
            buffer = run;
            limit = offset;
            end = offset + length;
            return this;
        }

        /**
         * Step to the next item.
         *
         * @return false when there is none
         * @throws IllegalArgumentException when the run is cut off or a length is wrong
         */
        public boolean next() {
            if (limit == end) {
                return false;
            }
            final int available = end - limit - HEADER_LENGTH;
            final int length = available < 0 ? -1 : buffer.getInt(limit + BitUtil.SIZE_OF_INT, ByteOrder.LITTLE_ENDIAN);
            if (length < 0 || length > available) {
                throw new IllegalArgumentException("not a run of items: length=" + length + " available=" + available);
            }
            attempt = buffer.getInt(limit, ByteOrder.LITTLE_ENDIAN);
            bodyOffset = limit + HEADER_LENGTH;
            bodyLength = length;
            limit = bodyOffset + length;
            return true;
        }

        /** {@return how often the item was delivered, this time included} */
        public int attempt() {
            return attempt;
        }

        /** {@return where the body begins in the buffer of the run} */
        public int bodyOffset() {
            return bodyOffset;
        }

        /** {@return bytes of the body} */
        public int bodyLength() {
            return bodyLength;
        }

        /** {@return where the next item begins} */
        public int limit() {
            return limit;
        }
    }
}
