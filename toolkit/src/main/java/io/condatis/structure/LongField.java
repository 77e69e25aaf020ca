package io.condatis.structure;

import io.condatis.value.CType;
import org.agrona.UnsafeApi;

/**
 * A field of a {@link Structure} that is a {@code long} in Java, or several of them side by side. Made by
 * {@link Structure#longField()} and its neighbours. {@code get} and {@code set} are plain; the other operations are
 * atomic, and only for types of eight bytes. What does not fit wraps as in C.
 */
public final class LongField extends Field {
    private final CType type;

    LongField(final Structure owner, final int offset, final CType type, final int length) {
        super(owner, offset, length, type.size(), type.size() == Long.BYTES);
        this.type = type;
    }

    /** {@return the type of an element in C} */
    public CType type() {
        return type;
    }

    /** {@return the value, or that of the first element} */
    public long get() {
        final long fastAddress = fastAddress();
        return fastAddress != 0 ? UnsafeApi.getLong(null, fastAddress) : NarrowFields.get(type, address());
    }

    /**
     * Sets the value, or that of the first element.
     *
     * @param value the new value
     */
    public void set(final long value) {
        final long fastAddress = fastAddress();
        if (fastAddress != 0) {
            UnsafeApi.putLong(null, fastAddress, value);
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
    public long get(final int index) {
        return fastAddress() != 0 ? UnsafeApi.getLong(null, element(index)) : NarrowFields.get(type, element(index));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final long value) {
        if (fastAddress() != 0) {
            UnsafeApi.putLong(null, element(index), value);
        } else {
            NarrowFields.set(type, element(index), value);
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

    private long atomic() {
        final long address = address();
        if (type.size() != Long.BYTES) {
            throw new UnsupportedOperationException("Fields of " + type + " have plain operations only: use the lock.");
        }
        return address;
    }
}
