package io.condatis.value;

import io.condatis.internal.os.Access;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

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
 * <p><b>Blocking.</b> Never. Adding, and operations that take a function, retry until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves the value from before or after its operation, never between.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value('d', x, lock=False)}, with the atomic operations it lacks.
 */
public final class DoubleValue {
    /** Bytes of memory that a value takes. */
    public static final int LENGTH = Double.BYTES;

    private final Access access;
    private final UnsafeBuffer buffer;

    private DoubleValue(final Access access, final UnsafeBuffer buffer) {
        this.access = access;
        this.buffer = buffer;
    }

    /**
     * A view of eight bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the value in it; its address must be a multiple of 8
     * @return the view; the value is what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned
     */
    public static DoubleValue at(final AtomicBuffer buffer, final int offset) {
        return new DoubleValue(Access.of(buffer), Windows.aligned(buffer, offset, LENGTH));
    }

    /** {@return the current value} */
    public double get() {
        access.check();
        return Double.longBitsToDouble(buffer.getLongVolatile(0));
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     */
    public void set(final double value) {
        access.check();
        buffer.putLongVolatile(0, Double.doubleToRawLongBits(value));
    }

    /** {@return the value, read without ordering: for a value that no other thread or process writes now} */
    public double getPlain() {
        access.check();
        return buffer.getDouble(0);
    }

    /**
     * Sets the value without ordering.
     *
     * @param value the new value
     */
    public void setPlain(final double value) {
        access.check();
        buffer.putDouble(0, value);
    }

    /** {@return the value; what its writer wrote before {@link #setRelease} is visible afterwards} */
    public double getAcquire() {
        access.check();
        return Double.longBitsToDouble(buffer.getLongAcquire(0));
    }

    /**
     * Sets the value after everything that this thread wrote before; cheaper than {@link #set}, which also waits until
     * others can see it.
     *
     * @param value the new value
     */
    public void setRelease(final double value) {
        access.check();
        buffer.putLongRelease(0, Double.doubleToRawLongBits(value));
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     * @return the value before
     */
    public double getAndSet(final double value) {
        access.check();
        return Double.longBitsToDouble(buffer.getAndSetLong(0, Double.doubleToRawLongBits(value)));
    }

    /**
     * Sets the value if its bits are as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final double expected, final double value) {
        access.check();
        return buffer.compareAndSetLong(0, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
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
        return Double.longBitsToDouble(buffer.compareAndExchangeLong(
                0, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value)));
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
     * @param function without side effects, as it may run several times
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
        return buffer.getLongVolatile(0);
    }

    private boolean replace(final long bits, final double value) {
        return buffer.compareAndSetLong(0, bits, Double.doubleToRawLongBits(value));
    }

    /** {@return the current value as text, or that it is closed} */
    @Override
    public String toString() {
        return access.isOpen() ? Double.toString(get()) : "closed";
    }
}
