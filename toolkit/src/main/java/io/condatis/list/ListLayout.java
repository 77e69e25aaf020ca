package io.condatis.list;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where the parts of a list lie. The layout is CPython's, in the byte order of the machine; it never changes in the life
 * of a list, so each process computes it once.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  N                number of items                             |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Offsets          N+1 of 8 bytes, from the start of the data; |
 *  |                   the first is 0, the last the data's length ...
 *  +---------------------------------------------------------------+
 *  |  Data             item i from offset i to offset i+1         ...
 *  +---------------------------------------------------------------+
 *  |  Formats          N of 8 bytes: ASCII, padded with NUL       ...
 *  +---------------------------------------------------------------+
 *  |  Codes            N of one byte                              ...
 *  +---------------------------------------------------------------+
 *  |  Footer           absent when CPython made the list, see      |
 *  |                   {@link FooterDescriptor}                          ...
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class ListLayout {
    private static final int WORD = Long.BYTES;

    private final int[] data;
    private final int formats;
    private final int codes;

    /** From the capacities of the items. */
    ListLayout(final int[] capacities) {
        data = new int[capacities.length + 1];
        long position = dataStart(capacities.length);
        for (int i = 0; i < capacities.length; i++) {
            data[i] = (int) position;
            position += capacities[i];
        }
        data[capacities.length] = (int) position;
        formats = (int) position;
        codes = formats + WORD * capacities.length;
        final long total = position + (WORD + 1L) * capacities.length;
        if (total > Integer.MAX_VALUE - BitUtil.CACHE_LINE_LENGTH) {
            throw new IllegalArgumentException("The list would take " + total + " bytes; a block holds "
                    + Integer.MAX_VALUE + ": use several lists.");
        }
    }

    private static long dataStart(final int length) {
        return WORD * (length + 2L);
    }

    /**
     * Reads the layout of a list.
     *
     * @param block the whole block
     * @return the layout, or null when what is there cannot be a list, or not yet
     */
    static ListLayout read(final DirectBuffer block) {
        return read(block, block.capacity());
    }

    /**
     * Reads the layout of a list of which only the beginning is at hand.
     *
     * @param block at least N and the offsets
     * @param available bytes of the whole block
     * @return the layout, or null
     */
    static ListLayout read(final DirectBuffer block, final int available) {
        final long length = available < 2 * WORD ? -1 : block.getLong(0);
        if (length < 0 || length > (available - dataStart(0)) / (2L * WORD + 1) || block.getLong(WORD) != 0) {
            return null;
        }
        final int[] capacities = new int[(int) length];
        final long room = available - dataStart(capacities.length) - (WORD + 1L) * length;
        long offset = 0;
        for (int i = 0; i < capacities.length; i++) {
            final long next = block.getLong(WORD * (i + 2));
            if (next < offset + WORD || next > room || next % WORD != 0) {
                return null;
            }
            capacities[i] = (int) (next - offset);
            offset = next;
        }
        return new ListLayout(capacities);
    }

    void write(final MutableDirectBuffer block) {
        block.putLong(0, length());
        for (int i = 0; i < data.length; i++) {
            block.putLong(WORD * (i + 1), data[i] - data[0]);
        }
    }

    int length() {
        return data.length - 1;
    }

    int dataOffset(final int index) {
        return data[index];
    }

    int capacityOf(final int index) {
        return data[index + 1] - data[index];
    }

    int largestCapacity() {
        int largest = WORD;
        for (int i = 0; i < length(); i++) {
            largest = Math.max(largest, capacityOf(i));
        }
        return largest;
    }

    int formatOffset(final int index) {
        return formats + WORD * index;
    }

    int codeOffset(final int index) {
        return codes + index;
    }

    /** {@return the bytes of CPython's part} */
    int totalBytes() {
        return codes + length();
    }
}
