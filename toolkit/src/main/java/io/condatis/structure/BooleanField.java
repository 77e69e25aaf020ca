package io.condatis.structure;

import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is a {@code boolean}, or several of them side by side. Made by
 * {@link Structure#booleanField()} and its neighbour. All operations are plain.
 */
public final class BooleanField {
    private final Structure owner;
    private final int offset;
    private final int length;

    BooleanField(final Structure owner, final int offset, final int length) {
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
    public boolean get() {
        return UnsafeApi.getByte(null, owner.addressOf(offset)) != 0;
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final boolean value) {
        UnsafeApi.putByte(null, owner.addressOf(offset), (byte) (value ? 1 : 0));
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

    private long element(final int index) {
        return owner.addressOf(offset) + Objects.checkIndex(index, length);
    }
}
