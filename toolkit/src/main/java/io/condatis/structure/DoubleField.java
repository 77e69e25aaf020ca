package io.condatis.structure;

import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is a {@code double}, or several of them side by side. Made by
 * {@link Structure#doubleField()} and its neighbour. All operations are plain.
 */
public final class DoubleField extends Field {
    DoubleField(final Structure owner, final int offset, final int length) {
        super(owner, offset, length, Double.BYTES, true);
    }

    /** {@return the value, or that of the first element} */
    public double get() {
        final long fastAddress = fastAddress();
        return UnsafeApi.getDouble(null, fastAddress != 0 ? fastAddress : address());
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final double value) {
        final long fastAddress = fastAddress();
        UnsafeApi.putDouble(null, fastAddress != 0 ? fastAddress : address(), value);
    }

    /**
     * Reads an element.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public double get(final int index) {
        return UnsafeApi.getDouble(null, element(index));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final double value) {
        UnsafeApi.putDouble(null, element(index), value);
    }
}
