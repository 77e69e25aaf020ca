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
 * A {@code double} in shared memory, with the operations of {@link java.util.concurrent.atomic.AtomicLong} between
 * processes as well as threads.
 *
 * <p>Use it for prices, gauges, and sums where rounding is accepted; highest and lowest come from
 * {@code accumulateAndGet(x, Math::max)} and {@code Math::min}.
 *
 * <p><b>Layout.</b> Eight bytes, IEEE 754, in the byte order of the machine, at an address that is a multiple of eight.
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
 * <p><b>CPython.</b> {@code multiprocessing.Value('d', x)}, with the atomic operations it lacks.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class DoubleValue implements Value {
    /** Bytes of memory that a value takes. */
    public static final int LENGTH = Double.BYTES;

    private final Storage storage;
    private final Access access;
    private final long address;

    DoubleValue(final Storage storage) {
        this.storage = storage.checked(CType.Form.DOUBLE);
        this.access = storage.access();
        this.address = storage.address();
    }

    /**
     * A view of eight bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the value in it; its address must be a multiple of 8
     * @return the view; the value is what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, or the memory on the Java heap
     */
    public static DoubleValue at(final AtomicBuffer buffer, final int offset) {
        return new DoubleValue(Storage.of(buffer, offset, CType.DOUBLE, 1));
    }

    /** {@return the current value} */
    public double get() {
        return Double.longBitsToDouble(bits());
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     */
    public void set(final double value) {
        access.check();
        UnsafeApi.putLongVolatile(null, address, Double.doubleToRawLongBits(value));
    }

    /** {@return the value, read without ordering: for a value that no other thread or process writes now} */
    public double getPlain() {
        access.check();
        return UnsafeApi.getDouble(null, address);
    }

    /**
     * Sets the value without ordering.
     *
     * @param value the new value
     */
    public void setPlain(final double value) {
        access.check();
        UnsafeApi.putDouble(null, address, value);
    }

    /** {@return the value; what its writer wrote before {@link #setRelease} is visible afterwards} */
    public double getAcquire() {
        access.check();
        return Double.longBitsToDouble(UnsafeApi.getLongAcquire(null, address));
    }

    /**
     * Sets the value after everything that this thread wrote before.
     *
     * @param value the new value
     */
    public void setRelease(final double value) {
        access.check();
        UnsafeApi.putLongRelease(null, address, Double.doubleToRawLongBits(value));
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     * @return the value before
     */
    public double getAndSet(final double value) {
        access.check();
        return Double.longBitsToDouble(UnsafeApi.getAndSetLong(null, address, Double.doubleToRawLongBits(value)));
    }

    /**
     * Sets the value if its bits are as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final double expected, final double value) {
        return replace(Double.doubleToRawLongBits(expected), value);
    }

    /**
     * Sets the value if its bits are as expected.
     *
     * @param expected value
     * @param value the new value
     * @return the value before, of the same bits as {@code expected} when it was set
     */
    public double compareAndExchange(final double expected, final double value) {
        access.check();
        return Double.longBitsToDouble(UnsafeApi.compareAndExchangeLong(
                null, address, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value)));
    }

    /**
     * Adds.
     *
     * @param delta to add
     * @return the value before
     */
    public double getAndAdd(final double delta) {
        while (true) {
            final long bits = bits();
            final double before = Double.longBitsToDouble(bits);
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
    public double addAndGet(final double delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Replaces the value by a function of it.
     *
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public double getAndUpdate(final DoubleUnaryOperator function) {
        while (true) {
            final long bits = bits();
            final double before = Double.longBitsToDouble(bits);
            if (replace(bits, function.applyAsDouble(before))) {
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
    public double updateAndGet(final DoubleUnaryOperator function) {
        while (true) {
            final long bits = bits();
            final double after = function.applyAsDouble(Double.longBitsToDouble(bits));
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
    public double getAndAccumulate(final double operand, final DoubleBinaryOperator function) {
        while (true) {
            final long bits = bits();
            final double before = Double.longBitsToDouble(bits);
            if (replace(bits, function.applyAsDouble(before, operand))) {
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
    public double accumulateAndGet(final double operand, final DoubleBinaryOperator function) {
        while (true) {
            final long bits = bits();
            final double after = function.applyAsDouble(Double.longBitsToDouble(bits), operand);
            if (replace(bits, after)) {
                return after;
            }
        }
    }

    private long bits() {
        access.check();
        return UnsafeApi.getLongVolatile(null, address);
    }

    private boolean replace(final long bits, final double value) {
        access.check();
        return UnsafeApi.compareAndSetLong(null, address, bits, Double.doubleToRawLongBits(value));
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
    public DoubleValue raw() {
        return new DoubleValue(storage.withLock(null));
    }

    @Override
    public DoubleValue withLock(final Lock other) {
        return new DoubleValue(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public Object boxed() {
        return get();
    }

    @Override
    public void setBoxed(final Object value) {
        set(type().toDouble(value));
    }

    /** {@return the current value as text, or that it is closed} */
    @Override
    public String toString() {
        return access.isOpen() ? Double.toString(get()) : "closed";
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
