package io.condatis.internal.protocol;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Entries of a dict, as the answer to a DictScan and the batches have them: one after the other, nothing between them.
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Key length       int32, little endian                        |
 *  +---------------------------------------------------------------+
 *  |  Key                                                         ...
 *  +---------------------------------------------------------------+
 *  |  Value length     int32, little endian; 0 without values      |
 *  +---------------------------------------------------------------+
 *  |  Value                                                       ...
 *  +---------------------------------------------------------------+
 * </pre>
 * Nothing is aligned. The page ends with the value that holds it.
 */
public final class EntryPage {
    /** Bytes of an entry beside its key and value. */
    public static final int ENTRY_OVERHEAD = 2 * BitUtil.SIZE_OF_INT;

    private EntryPage() {}

    /** Appends entries to a page; reusable; not thread-safe. */
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
         * @param offset of the first entry
         * @return this
         */
        public Writer wrap(final MutableDirectBuffer page, final int offset) {
            buffer = page;
            start = offset;
            limit = offset;
            return this;
        }

        /**
         * Write a key; its value follows with {@link #value} or {@link #noValue}.
         *
         * @param source holding the key
         * @param offset of the key
         * @param length of the key
         * @return this
         */
        public Writer key(final DirectBuffer source, final int offset, final int length) {
            append(source, offset, length);
            return this;
        }

        /**
         * Write the value of the last key.
         *
         * @param source holding the value
         * @param offset of the value
         * @param length of the value
         */
        public void value(final DirectBuffer source, final int offset, final int length) {
            append(source, offset, length);
        }

        /** Write an empty value for the last key. */
        public void noValue() {
            buffer.putInt(limit, 0, ByteOrder.LITTLE_ENDIAN);
            limit += BitUtil.SIZE_OF_INT;
        }

        /** {@return where to write the content of the next key, or of the value that follows, for {@link #end}} */
        public int next() {
            return limit + BitUtil.SIZE_OF_INT;
        }

        /**
         * Append the key or the value whose content was written at {@link #next()}.
         *
         * @param length of it
         */
        public void end(final int length) {
            buffer.putInt(limit, length, ByteOrder.LITTLE_ENDIAN);
            limit += BitUtil.SIZE_OF_INT + length;
        }

        /** {@return bytes written} */
        public int length() {
            return limit - start;
        }

        private void append(final DirectBuffer source, final int offset, final int length) {
            buffer.putInt(limit, length, ByteOrder.LITTLE_ENDIAN);
            limit += BitUtil.SIZE_OF_INT;
            buffer.putBytes(limit, source, offset, length);
            limit += length;
        }
    }

    /** Walks over the entries of a page; reusable; not thread-safe. */
    public static final class Reader {
        private DirectBuffer buffer;
        private int limit;
        private int end;
        private int keyOffset;
        private int keyLength;
        private int valueOffset;
        private int valueLength;

        /** A reader that has still to be wrapped. */
        public Reader() {}

        /**
         * Begin before the first entry.
         *
         * @param page holding the entries
         * @param offset of the first
         * @param length of all of them
         * @return this
         */
        public Reader wrap(final DirectBuffer page, final int offset, final int length) {
            page.boundsCheck(offset, length);
            buffer = page;
            limit = offset;
            end = offset + length;
            return this;
        }

        /**
         * Step to the next entry.
         *
         * @return false when there is none
         * @throws IllegalArgumentException when the page is cut off or a length is wrong
         */
        public boolean next() {
            if (limit == end) {
                return false;
            }
            keyLength = takeLength();
            keyOffset = limit;
            limit += keyLength;
            valueLength = takeLength();
            valueOffset = limit;
            limit += valueLength;
            return true;
        }

        /** {@return where the key begins in the buffer of the page} */
        public int keyOffset() {
            return keyOffset;
        }

        /** {@return bytes of the key} */
        public int keyLength() {
            return keyLength;
        }

        /** {@return where the value begins in the buffer of the page} */
        public int valueOffset() {
            return valueOffset;
        }

        /** {@return bytes of the value} */
        public int valueLength() {
            return valueLength;
        }

        private int takeLength() {
            final int available = end - limit - BitUtil.SIZE_OF_INT;
            final int length = available < 0 ? -1 : buffer.getInt(limit, ByteOrder.LITTLE_ENDIAN);
            if (length < 0 || length > available) {
                throw new IllegalArgumentException(
                        "not a page of entries: length=" + length + " available=" + available);
            }
            limit += BitUtil.SIZE_OF_INT;
            return length;
        }
    }
}
