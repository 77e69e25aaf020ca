package io.condatis.list;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The items of a list in memory: single loads and stores, without any protocol between processes. */
final class Items {
    private static final int WORD = Long.BYTES;

    final ListLayout layout;
    private final UnsafeBuffer memory;

    Items(final UnsafeBuffer memory, final ListLayout layout) {
        this.memory = memory;
        this.layout = layout;
    }

    long format(final int index) {
        return memory.getLongVolatile(layout.formatOffset(index));
    }

    byte code(final int index) {
        return memory.getByteVolatile(layout.codeOffset(index));
    }

    boolean isWhole(final int index) {
        return ItemFormat.isWhole(format(index), code(index));
    }

    long word(final int index) {
        return memory.getLongVolatile(layout.dataOffset(index));
    }

    void setWord(final int index, final long word) {
        memory.putLongVolatile(layout.dataOffset(index), word);
    }

    boolean compareAndSetWord(final int index, final long expected, final long word) {
        return memory.compareAndSetLong(layout.dataOffset(index), expected, word);
    }

    long getAndAddWord(final int index, final long delta) {
        return memory.getAndAddLong(layout.dataOffset(index), delta);
    }

    void copy(final int index, final byte[] target) {
        memory.getBytes(layout.dataOffset(index), target);
    }

    boolean holds(final int index, final byte[] bytes) {
        final int offset = layout.dataOffset(index);
        for (int i = 0; i < bytes.length; i++) {
            if (memory.getByte(offset + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Replaces an item. The order is such that CPython, looking in between, finds a value that it can unpack; it may still
     * fail when text becomes something else between its own looks at format and code. What stays is not written.
     *
     * @param index of the item
     * @param format new one
     * @param code new one
     * @param source of the data
     * @param sourceOffset in the source
     * @param length of the data in bytes, a multiple of 8
     */
    void put(
            final int index,
            final long format,
            final byte code,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        final boolean isText = code == ItemFormat.CODE_STRING || code == ItemFormat.CODE_BYTES;
        if (isText) {
            putData(index, source, sourceOffset, length);
        } else {
            putCode(index, code);
        }
        if (format(index) != format) {
            memory.putLongVolatile(layout.formatOffset(index), format);
        }
        if (isText) {
            putCode(index, code);
        } else {
            putData(index, source, sourceOffset, length);
        }
    }

    private void putCode(final int index, final byte code) {
        if (code(index) != code) {
            memory.putByteVolatile(layout.codeOffset(index), code);
        }
    }

    private void putData(final int index, final DirectBuffer source, final int sourceOffset, final int length) {
        final int offset = layout.dataOffset(index);
        for (int i = 0; i < length; i += WORD) {
            memory.putLongRelease(offset + i, source.getLong(sourceOffset + i));
        }
    }
}
