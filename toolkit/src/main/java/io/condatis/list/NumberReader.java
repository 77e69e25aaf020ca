package io.condatis.list;

import io.condatis.internal.os.Access;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The short way to a number: addresses that were computed once, four loads, no allocation. Whatever is not as expected,
 * an item that is being changed included, is left to {@link ItemReader}.
 */
final class NumberReader {
    private static final int WORD_SHIFT = 3;

    private final Access access;

    /** Keeps the memory mapped. */
    private final UnsafeBuffer memory;

    private final long[] data;
    private final long formats;

    /** Of the footer; of the formats when there is none, which then stand in for them. */
    private final long sequences;

    /** What may not be set in a sequence; nothing in a format. */
    private final long changing;

    NumberReader(final Access access, final UnsafeBuffer memory, final ListLayout layout, final boolean hasFooter) {
        this.access = access;
        this.memory = memory;
        final long start = memory.addressOffset();
        this.data = new long[layout.length()];
        for (int i = 0; i < data.length; i++) {
            data[i] = start + layout.dataOffset(i);
        }
        this.formats = start + layout.formatOffset(0);
        this.sequences = hasFooter
                ? start + FooterDescriptor.offsetIn(layout) + FooterDescriptor.sequencesOffset(layout)
                : formats;
        this.changing = hasFooter ? 1 : 0;
    }

    /**
     * Reads a number if it is one.
     *
     * @param list that takes the long way
     * @param index of the item
     * @return the number
     * @throws IndexOutOfBoundsException when there is no such item
     */
    long getLong(final ShareableList list, final int index) {
        final long item = data[index];
        final long format = formats + ((long) index << WORD_SHIFT);
        final long sequence = sequences + ((long) index << WORD_SHIFT);
        final long odd = changing;
        if (access.isOpen()) {
            final long before = UnsafeApi.getLongVolatile(null, sequence);
            if ((before & odd) == 0 && UnsafeApi.getLongVolatile(null, format) == ItemFormat.LONG) {
                final long value = UnsafeApi.getLongVolatile(null, item);
                if (UnsafeApi.getLongVolatile(null, sequence) == before) {
                    return value;
                }
            }
        }
        return list.getLongSlowly(index);
    }

    /**
     * Reads a number if it is one.
     *
     * @param list that takes the long way
     * @param index of the item
     * @return the number
     * @throws IndexOutOfBoundsException when there is no such item
     */
    double getDouble(final ShareableList list, final int index) {
        final long item = data[index];
        final long format = formats + ((long) index << WORD_SHIFT);
        final long sequence = sequences + ((long) index << WORD_SHIFT);
        final long odd = changing;
        if (access.isOpen()) {
            final long before = UnsafeApi.getLongVolatile(null, sequence);
            if ((before & odd) == 0 && UnsafeApi.getLongVolatile(null, format) == ItemFormat.DOUBLE) {
                final long bits = UnsafeApi.getLongVolatile(null, item);
                if (UnsafeApi.getLongVolatile(null, sequence) == before) {
                    return Double.longBitsToDouble(bits);
                }
            }
        }
        return list.getDoubleSlowly(index);
    }

    @Override
    public String toString() {
        return "NumberReader[" + memory.capacity() + " bytes]";
    }
}
