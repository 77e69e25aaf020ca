package io.condatis.structure;

import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is a {@code boolean}, or several of them side by side. Made by
 * {@link Structure#booleanField()} and its neighbour. All operations are plain.
 */
public final class BooleanField extends Field {
    BooleanField(final Structure owner, final int offset, final int length) {
        super(owner, offset, length, 1, true);
    }

    /** {@return the value, or that of the first element} */
    public boolean get() {
        final long fastAddress = fastAddress();
        return UnsafeApi.getByte(null, fastAddress != 0 ? fastAddress : address()) != 0;
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final boolean value) {
        final long fastAddress = fastAddress();
        UnsafeApi.putByte(null, fastAddress != 0 ? fastAddress : address(), (byte) (value ? 1 : 0));
    }

    /**
     * Reads an element.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public boolean get(final int index) {
        return UnsafeApi.getByte(null, element(index)) != 0;
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final boolean value) {
        UnsafeApi.putByte(null, element(index), (byte) (value ? 1 : 0));
    }
}
