package io.condatis.structure;

import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is a {@code float}, or several of them side by side. Made by
 * {@link Structure#floatField()} and its neighbour. All operations are plain.
 */
public final class FloatField {
    private final Structure owner;
    private final int offset;
    private final int length;

    FloatField(final Structure owner, final int offset, final int length) {
        this.owner = owner;
        this.offset = offset;
        this.length = length;
    }

    /** {@return where it begins in the structure, in bytes} */
    public int offset() {
        return offset;
    }

    /** {@return the number of elements} */
    public int length() {
        return length;
    }

    /** {@return the value, or that of the first element} */
    public float get() {
        return UnsafeApi.getFloat(null, owner.addressOf(offset));
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final float value) {
        UnsafeApi.putFloat(null, owner.addressOf(offset), value);
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

    private long element(final int index) {
        return owner.addressOf(offset) + (long) Objects.checkIndex(index, length) * Float.BYTES;
    }
}
