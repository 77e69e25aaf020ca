package io.condatis.structure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that holds text of up to a number of bytes, which ends at the first NUL or with the
 * field: {@code char name[16]} in C. All operations are plain.
 */
public final class CharField extends Field {
    CharField(final Structure owner, final int offset, final int length) {
        super(owner, offset, length, 1, true);
    }

    /**
     * Reads a byte.
     *
     * @param index 0 to length() - 1
     * @return the byte
     */
    public byte get(final int index) {
        return UnsafeApi.getByte(null, element(index));
    }

    /**
     * Sets a byte.
     *
     * @param index 0 to length() - 1
     * @param value the new value
     */
    public void set(final int index, final byte value) {
        UnsafeApi.putByte(null, element(index), value);
    }

    /** {@return the bytes before the first NUL, or all; a copy} */
    public byte[] value() {
        final byte[] copy = new byte[length()];
        int end = 0;
        while (end < length()) {
            copy[end] = get(end);
            if (copy[end] == 0) {
                break;
            }
            end++;
        }
        return Arrays.copyOf(copy, end);
    }

    /**
     * Sets the first bytes, and a NUL behind them if they do not fill the field; what is behind that stays.
     *
     * @param bytes at most {@link #length()} of them
     * @throws IllegalArgumentException when there are more
     */
    public void setValue(final byte[] bytes) {
        if (bytes.length > length()) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fit into " + this + ".");
        }
        for (int i = 0; i < bytes.length; i++) {
            set(i, bytes[i]);
        }
        if (bytes.length < length()) {
            set(bytes.length, (byte) 0);
        }
    }

    /** {@return the {@link #value()} as text in UTF-8} */
    public String text() {
        return new String(value(), StandardCharsets.UTF_8);
    }

    /**
     * Sets the {@link #value()}.
     *
     * @param text of at most {@link #length()} bytes in UTF-8
     * @throws IllegalArgumentException when it is longer
     */
    public void setText(final String text) {
        setValue(text.getBytes(StandardCharsets.UTF_8));
    }
}
