package io.condatis.structure;

import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is a {@code float}, or several of them side by side. Made by
 * {@link Structure#floatField()} and its neighbour. All operations are plain.
 */
public final class FloatField extends Field {
    FloatField(final Structure owner, final int offset, final int length) {
        super(owner, offset, length, Float.BYTES, true);
    }

    /** {@return the value, or that of the first element} */
    public float get() {
        final long fastAddress = fastAddress();
        return UnsafeApi.getFloat(null, fastAddress != 0 ? fastAddress : address());
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final float value) {
        final long fastAddress = fastAddress();
        UnsafeApi.putFloat(null, fastAddress != 0 ? fastAddress : address(), value);
    }

    /**
     * Reads an element.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public float get(final int index) {
        return UnsafeApi.getFloat(null, element(index));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final float value) {
        UnsafeApi.putFloat(null, element(index), value);
    }
}
