package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A {@code float} in shared memory, with the operations of {@link java.util.concurrent.atomic.AtomicLong} between
 * processes as well as threads.
 *
 * <p>Use it where the memory is shared with programs that have floats; {@link DoubleValue} is as fast and keeps more
 * digits. Functions compute in {@code double}, and their result is rounded.
 *
 * <p><b>Layout.</b> Four bytes, IEEE 754, in the byte order of the machine, at an address that is a multiple of four.
 *
 * <p><b>Threads and processes.</b> Every operation is atomic. Memory effects are those of the method of the same name
 * in {@code AtomicLong}: volatile unless the name says plain, acquire or release. No operation allocates. Comparison is
 * by bits: {@code -0.0} is not {@code 0.0}, and a NaN equals a NaN of the same bits.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 * Operations that take a function retry it until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves the value from before or after its operation, never between.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value('f', x)}, with the atomic operations it lacks.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class FloatValue implements Value {
    /** Bytes of memory that a value takes. */
    public static final int LENGTH = Float.BYTES;

    private final Storage storage;
    private final Access access;
    private final long address;

    FloatValue(final Storage storage) {
        this.storage = storage.checked(CType.Form.FLOAT);
        this.access = storage.access();
        this.address = storage.address();
    }

    /**
     * A view of four bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the value in it; its address must be a multiple of 4
     * @return the view; the value is what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, or the memory on the Java heap
     */
    public static FloatValue at(final AtomicBuffer buffer, final int offset) {
        return new FloatValue(Storage.of(buffer, offset, CType.FLOAT, 1));
    }

    /** {@return the current value} */
    public float get() {
        return Float.intBitsToFloat(bits());
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     */
    public void set(final float value) {
        access.check();
        UnsafeApi.putIntVolatile(null, address, Float.floatToRawIntBits(value));
    }

    /** {@return the value, read without ordering: for a value that no other thread or process writes now} */
    public float getPlain() {
        access.check();
        return UnsafeApi.getFloat(null, address);
    }

    /**
     * Sets the value without ordering.
     *
     * @param value the new value
     */
    public void setPlain(final float value) {
        access.check();
        UnsafeApi.putFloat(null, address, value);
    }

    /** {@return the value; what its writer wrote before {@link #setRelease} is visible afterwards} */
    public float getAcquire() {
        access.check();
        return Float.intBitsToFloat(UnsafeApi.getIntAcquire(null, address));
    }

    /**
     * Sets the value after everything that this thread wrote before.
     *
     * @param value the new value
     */
    public void setRelease(final float value) {
        access.check();
        UnsafeApi.putIntRelease(null, address, Float.floatToRawIntBits(value));
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     * @return the value before
     */
    public float getAndSet(final float value) {
        access.check();
        return Float.intBitsToFloat(UnsafeApi.getAndSetInt(null, address, Float.floatToRawIntBits(value)));
    }

    /**
     * Sets the value if its bits are as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final float expected, final float value) {
        return replace(Float.floatToRawIntBits(expected), value);
    }

    /**
     * Sets the value if its bits are as expected.
     *
     * @param expected value
     * @param value the new value
     * @return the value before, of the same bits as {@code expected} when it was set
     */
    public float compareAndExchange(final float expected, final float value) {
        access.check();
        return Float.intBitsToFloat(UnsafeApi.compareAndExchangeInt(
                null, address, Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value)));
    }

    /**
     * Adds.
     *
     * @param delta to add
     * @return the value before
     */
    public float getAndAdd(final float delta) {
        while (true) {
            final int bits = bits();
            final float before = Float.intBitsToFloat(bits);
            if (replace(bits, before + delta)) {
                return before;
            }
        }
    }

    /**
     * Adds.
     *
     * @param delta to add
     * @return the new value
     */
    public float addAndGet(final float delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Replaces the value by a function of it.
     *
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public float getAndUpdate(final DoubleUnaryOperator function) {
        while (true) {
            final int bits = bits();
            final float before = Float.intBitsToFloat(bits);
            if (replace(bits, (float) function.applyAsDouble(before))) {
                return before;
            }
        }
    }

    /**
     * Replaces the value by a function of it.
     *
     * @param function without side effects, as it may run several times
     * @return the new value
     */
    public float updateAndGet(final DoubleUnaryOperator function) {
        while (true) {
            final int bits = bits();
            final float after = (float) function.applyAsDouble(Float.intBitsToFloat(bits));
            if (replace(bits, after)) {
                return after;
            }
        }
    }

    /**
     * Replaces the value by a function of it and an operand.
     *
     * @param operand second argument of the function
     * @param function without side effects, as it may run several times; {@code Math::max} keeps the highest
     * @return the value before
     */
    public float getAndAccumulate(final float operand, final DoubleBinaryOperator function) {
        while (true) {
            final int bits = bits();
            final float before = Float.intBitsToFloat(bits);
            if (replace(bits, (float) function.applyAsDouble(before, operand))) {
                return before;
            }
        }
    }

    /**
     * Replaces the value by a function of it and an operand.
     *
     * @param operand second argument of the function
     * @param function without side effects, as it may run several times; {@code Math::max} keeps the highest
     * @return the new value
     */
    public float accumulateAndGet(final float operand, final DoubleBinaryOperator function) {
        while (true) {
            final int bits = bits();
            final float after = (float) function.applyAsDouble(Float.intBitsToFloat(bits), operand);
            if (replace(bits, after)) {
                return after;
            }
        }
    }

    private int bits() {
        access.check();
        return UnsafeApi.getIntVolatile(null, address);
    }

    private boolean replace(final int bits, final float value) {
        access.check();
        return UnsafeApi.compareAndSetInt(null, address, bits, Float.floatToRawIntBits(value));
    }

    @Override
    public CType type() {
        return storage.type();
    }

    @Override
    public Lock lock() {
        return storage.requireLock();
    }

    @Override
    public FloatValue raw() {
        return new FloatValue(storage.withLock(null));
    }

    @Override
    public FloatValue withLock(final Lock other) {
        return new FloatValue(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public Object boxed() {
        return get();
    }

    @Override
    public void setBoxed(final Object value) {
        set((float) type().toDouble(value));
    }

    /** {@return the current value as text, or that it is closed} */
    @Override
    public String toString() {
        return access.isOpen() ? Float.toString(get()) : "closed";
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
