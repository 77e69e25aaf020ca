package io.condatis.structure;

import io.condatis.value.CType;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is a {@code long} in Java, or several of them side by side. Made by
 * {@link Structure#longField()} and its neighbours. {@code get} and {@code set} are plain; the other operations are atomic, and only for types of
 * eight bytes. What does not fit
 * wraps as in C.
 */
public final class LongField {
    private final Structure owner;
    private final int offset;
    private final int length;
    private final CType type;
    private final boolean wide;

    LongField(final Structure owner, final int offset, final CType type, final int length) {
        this.owner = owner;
        this.offset = offset;
        this.length = length;
        this.type = type;
        this.wide = type.size() == Long.BYTES;
    }

    /** {@return where it begins in the structure, in bytes} */
    public int offset() {
        return offset;
    }

    /** {@return the number of elements} */
    public int length() {
        return length;
    }

    /** {@return the type of an element in C} */
    public CType type() {
        return type;
    }

    /** {@return the value, or that of the first element} */
    public long get() {
        final long address = owner.addressOf(offset);
        return wide ? UnsafeApi.getLong(null, address) : NarrowFields.get(type, address);
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final long value) {
        final long address = owner.addressOf(offset);
        if (wide) {
            UnsafeApi.putLong(null, address, value);
        } else {
            NarrowFields.set(type, address, value);
        }
    }

    /**
     * Reads an element.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public long get(final int index) {
        final long address = element(index);
        return wide ? UnsafeApi.getLong(null, address) : NarrowFields.get(type, address);
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final long value) {
        final long address = element(index);
        if (wide) {
            UnsafeApi.putLong(null, address, value);
        } else {
            NarrowFields.set(type, address, value);
        }
    }

    /** {@return the value, with the memory effects of a volatile read} */
    public long getVolatile() {
        return UnsafeApi.getLongVolatile(null, atomic());
    }

    /**
     * Sets the value with the memory effects of a volatile write.
     *
     * @param value the new value
     */
    public void setVolatile(final long value) {
        UnsafeApi.putLongVolatile(null, atomic(), value);
    }

    /**
     * Sets the value after everything that this thread wrote before.
     *
     * @param value the new value
     */
    public void setRelease(final long value) {
        UnsafeApi.putLongRelease(null, atomic(), value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final long expected, final long value) {
        return UnsafeApi.compareAndSetLong(null, atomic(), expected, value);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the value before
     */
    public long getAndAdd(final long delta) {
        return UnsafeApi.getAndAddLong(null, atomic(), delta);
    }

    private long element(final int index) {
        return owner.addressOf(offset) + (long) Objects.checkIndex(index, length) * type.size();
    }

    private long atomic() {
        if (!wide) {
            throw new UnsupportedOperationException("Fields of " + type + " have plain operations only: use the lock.");
        }
        return owner.addressOf(offset);
    }
}
