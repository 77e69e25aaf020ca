package io.condatis.list;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The eight bytes of an item as a long, in the byte order of the machine. */
final class ItemWords {
    /** What is true is the last of the eight bytes. */
    private static final long TRUE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1L << 56 : 1L;

    private static final long LAST_BYTE = TRUE * 0xFF;

    private ItemWords() {}

    static long ofBoolean(final boolean value) {
        return value ? TRUE : 0;
    }

    static boolean toBoolean(final long word) {
        return (word & LAST_BYTE) != 0;
    }

    static void put(final byte[] target, final long word) {
        ByteBuffer.wrap(target).order(ByteOrder.nativeOrder()).putLong(0, word);
    }
}
