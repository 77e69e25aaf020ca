package io.condatis.internal.protocol;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Items of a list one after the other, nothing between them.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Item length      int32, little endian                        |
 *  +---------------------------------------------------------------+
 *  |  Item                                                        ...
 *  +---------------------------------------------------------------+
 * </pre>
 * Nothing is aligned; the page ends with the value that holds it. In the answer to a ListScan the items begin at {@link
 * #SCAN_ITEMS_OFFSET}, after the list's counts of moves and of changes, int64 each, little endian.
 */
public final class ItemPage {
    /** Bytes of an item beside its content. */
    public static final int ITEM_OVERHEAD = BitUtil.SIZE_OF_INT;

    /** Where the answer to a ListScan has the count of moves. */
    public static final int SCAN_MOVES_OFFSET = 0;

    /** Where the answer to a ListScan has the count of changes. */
    public static final int SCAN_CHANGES_OFFSET = SCAN_MOVES_OFFSET + BitUtil.SIZE_OF_LONG;

    /** Where the answer to a ListScan has the first item. */
    public static final int SCAN_ITEMS_OFFSET = SCAN_CHANGES_OFFSET + BitUtil.SIZE_OF_LONG;

    private ItemPage() {}

    /** Appends items to a page; reusable; not thread-safe. */
    public static final class Writer {
        private MutableDirectBuffer buffer;
        private int start;
        private int limit;

        /** A writer that has still to be wrapped. */
        public Writer() {}

        /**
         * Begin an empty page.
         *
         * @param page where to write; large enough or expandable
         * @param offset of the first item
         * @return this
         */
        public Writer wrap(final MutableDirectBuffer page, final int offset) {
            buffer = page;
            start = offset;
            limit = offset;
            return this;
        }

        /**
         * Append an item.
         *
         * @param source holding it
         * @param offset of it
         * @param length of it
         */
        public void item(final DirectBuffer source, final int offset, final int length) {
            buffer.putBytes(limit + ITEM_OVERHEAD, source, offset, length);
            end(length);
        }

        /** {@return where to write the content of the next item, for {@link #end}} */
        public int next() {
            return limit + ITEM_OVERHEAD;
        }

        /**
         * Append the item whose content was written at {@link #next()}.
         *
         * @param length of it
         */
        public void end(final int length) {
            buffer.putInt(limit, length, ByteOrder.LITTLE_ENDIAN);
            limit += ITEM_OVERHEAD + length;
        }

        /** {@return bytes written} */
        public int length() {
            return limit - start;
        }
    }

    /** Walks over the items of a page; reusable; not thread-safe. */
    public static final class Reader {
        private DirectBuffer buffer;
        private int limit;
        private int end;
        private int offset;
        private int length;

        /** A reader that has still to be wrapped. */
        public Reader() {}

        /**
         * Begin before the first item.
         *
         * @param page holding the items
         * @param start of the first
         * @param bytes of all of them
         * @return this
         */
        public Reader wrap(final DirectBuffer page, final int start, final int bytes) {
            page.boundsCheck(start, bytes);
            buffer = page;
            limit = start;
            end = start + bytes;
            return this;
        }

        /**
         * Step to the next item.
         *
         * @return false when there is none
         * @throws IllegalArgumentException when the page is cut off or a length is wrong
         */
        public boolean next() {
            if (limit == end) {
                return false;
            }
            final int available = end - limit - ITEM_OVERHEAD;
            length = available < 0 ? -1 : buffer.getInt(limit, ByteOrder.LITTLE_ENDIAN);
            if (length < 0 || length > available) {
                throw new IllegalArgumentException("not a page of items: length=" + length + " available=" + available);
            }
            offset = limit + ITEM_OVERHEAD;
            limit = offset + length;
            return true;
        }

        /** {@return where the item begins in the buffer of the page} */
        public int offset() {
            return offset;
        }

        /** {@return bytes of the item} */
        public int length() {
            return length;
        }
    }
}
