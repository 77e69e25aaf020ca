package io.condatis.structure;

import io.condatis.value.CType;
import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is an {@code int} in Java, or several of them side by side. Made by
 * {@link Structure#intField()} and its neighbours. {@code get} and {@code set} are plain; the other operations are
 * atomic, and only for types of four bytes. What does not fit wraps as in C.
 */
public final class IntField extends Field {
    private final CType type;

    IntField(final Structure owner, final int offset, final CType type, final int length) {
        super(owner, offset, length, type.size(), type.size() == Integer.BYTES);
        this.type = type;
    }

    /** {@return the type of an element in C} */
    public CType type() {
        return type;
    }

    /** {@return the value, or that of the first element} */
    public int get() {
        final long fastAddress = fastAddress();
        return fastAddress != 0 ? UnsafeApi.getInt(null, fastAddress) : (int) NarrowFields.get(type, address());
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final int value) {
        final long fastAddress = fastAddress();
        if (fastAddress != 0) {
            UnsafeApi.putInt(null, fastAddress, value);
        } else {
            NarrowFields.set(type, address(), value);
        }
    }

    /**
     * Reads an element.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public int get(final int index) {
        return fastAddress() != 0
                ? UnsafeApi.getInt(null, element(index))
                : (int) NarrowFields.get(type, element(index));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final int value) {
        if (fastAddress() != 0) {
            UnsafeApi.putInt(null, element(index), value);
        } else {
            NarrowFields.set(type, element(index), value);
        }
    }

    /** {@return the value, with the memory effects of a volatile read} */
    public int getVolatile() {
        return UnsafeApi.getIntVolatile(null, atomic());
    }

    /**
     * Sets the value with the memory effects of a volatile write.
     *
     * @param value the new value
     */
    public void setVolatile(final int value) {
        UnsafeApi.putIntVolatile(null, atomic(), value);
    }

    /**
     * Sets the value after everything that this thread wrote before.
     *
     * @param value the new value
     */
    public void setRelease(final int value) {
        UnsafeApi.putIntRelease(null, atomic(), value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final int expected, final int value) {
        return UnsafeApi.compareAndSetInt(null, atomic(), expected, value);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the value before
     */
    public int getAndAdd(final int delta) {
        return UnsafeApi.getAndAddInt(null, atomic(), delta);
    }

    private long atomic() {
        final long address = address();
        if (type.size() != Integer.BYTES) {
            throw new UnsupportedOperationException("Fields of " + type + " have plain operations only: use the lock.");
        }
        return address;
    }
}
