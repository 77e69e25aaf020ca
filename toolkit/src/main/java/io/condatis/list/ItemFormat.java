package io.condatis.list;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The types of items, as CPython notes them: the text of a {@code struct} format, 8 bytes here taken as one long in the
 * byte order of the machine, and a code that says what to make of the unpacked value.
 */
final class ItemFormat {
    static final long LONG = pack("q");
    static final long DOUBLE = pack("d");
    static final long BOOLEAN = pack("xxxxxxx?");
    static final long NONE = pack("xxxxxx?x");

    static final byte CODE_PLAIN = 0;
    static final byte CODE_STRING = 1;
    static final byte CODE_BYTES = 2;
    static final byte CODE_NONE = 3;

    /** More digits do not fit into the text. */
    static final int MAX_LENGTH = 9_999_999;

    /** The result of {@link #lengthIn} for what is no format of text or bytes. */
    static final int NO_LENGTH = -1;

    private static final int BYTES = Long.BYTES;

    private ItemFormat() {}

    /** {@return the format of text or bytes} */
    static long ofLength(final int length) {
        return pack(length + "s");
    }

    static long pack(final String text) {
        final byte[] bytes = new byte[BYTES];
        final byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, bytes, 0, ascii.length);
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong();
    }

    static String text(final long format) {
        final byte[] bytes = new byte[BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putLong(format);
        int length = BYTES;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /**
     * The number of bytes in a format of text or bytes such as {@code 16s}.
     *
     * @return the number, or {@link #NO_LENGTH}
     */
    static int lengthIn(final long format) {
        final long inOrder = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? format : Long.reverseBytes(format);
        int length = 0;
        int digits = 0;
        long rest = inOrder;
        while ((rest & 0xFF) >= '0' && (rest & 0xFF) <= '9') {
            length = length * 10 + (int) (rest & 0xFF) - '0';
            digits++;
            rest >>>= Byte.SIZE;
        }
        return digits > 0 && rest == 's' ? length : NO_LENGTH;
    }

    /** {@return whether format and code belong together; they do not while an item changes its type} */
    static boolean isWhole(final long format, final byte code) {
        if (format == LONG || format == DOUBLE || format == BOOLEAN) {
            return code == CODE_PLAIN;
        }
        if (format == NONE) {
            return code == CODE_NONE;
        }
        return (code == CODE_STRING || code == CODE_BYTES) && lengthIn(format) != NO_LENGTH;
    }
}
