package io.condatis.value;

import io.condatis.internal.os.Access;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A fixed number of {@code double}s in shared memory, with the operations of
 * {@link java.util.concurrent.atomic.AtomicLongArray} on each of them, between processes as well as threads.
 *
 * <p>Use it for tables and counters by index. Elements lie side by side, so counters that are hot in several processes
 * are faster as {@link DoubleValue}s, which keep apart.
 *
 * <p><b>Layout.</b> {@code length} times eight bytes, IEEE 754, in the byte order of the machine, from an address that
 * is a multiple of eight; numpy reads it as {@code float64}.
 *
 * <p><b>Threads and processes.</b> Every operation on one element is atomic, with the memory effects of the method of
 * the same name in {@code AtomicLongArray}: volatile unless the name says plain, acquire or release. Operations on
 * several elements are a sequence of plain ones: use a lock where others must not see or change the middle. None
 * allocates but {@link #toArray()}. Comparison is by bits, see {@link DoubleValue}.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never.
 * Adding, and operations that take a function, retry until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves each element from before or after its operation, never between; an
 * operation on several may have done some of them.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Array('d', n, lock=False)}, with the atomic operations it lacks.
 */
public final class DoubleArray {
    private static final int SHIFT = 3;

    private final Access access;
    private final UnsafeBuffer buffer;
    private final int length;

    private DoubleArray(final Access access, final UnsafeBuffer buffer, final int length) {
        this.access = access;
        this.buffer = buffer;
        this.length = length;
    }

    /**
     * A view of {@code length} times eight bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it; its address must be a multiple of 8
     * @param length number of elements, from 0
     * @return the view; the elements are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned or the length cannot be
     */
    public static DoubleArray at(final AtomicBuffer buffer, final int offset, final int length) {
        final UnsafeBuffer window = Windows.aligned(buffer, offset, Windows.lengthOf(length));
        return new DoubleArray(Access.of(buffer), window, length);
    }

    /** {@return the number of elements; also after close} */
    public int length() {
        return length;
    }

    /**
     * Reads an element.
     *
     * @param index 0 to length - 1
     * @return its value
     * @throws IndexOutOfBoundsException when there is no such element, as in all methods here
     */
    public double get(final int index) {
        return Double.longBitsToDouble(buffer.getLongVolatile(checked(index)));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final double value) {
        buffer.putLongVolatile(checked(index), Double.doubleToRawLongBits(value));
    }

    /**
     * Reads an element without ordering: one that no other thread or process writes now.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public double getPlain(final int index) {
        return buffer.getDouble(checked(index));
    }

    /**
     * Sets an element without ordering.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setPlain(final int index, final double value) {
        buffer.putDouble(checked(index), value);
    }

    /**
     * Reads an element; what its writer wrote before {@link #setRelease} is visible afterwards.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public double getAcquire(final int index) {
        return Double.longBitsToDouble(buffer.getLongAcquire(checked(index)));
    }

    /**
     * Sets an element after everything that this thread wrote before.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setRelease(final int index, final double value) {
        buffer.putLongRelease(checked(index), Double.doubleToRawLongBits(value));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     * @return the value before
     */
    public double getAndSet(final int index, final double value) {
        return Double.longBitsToDouble(buffer.getAndSetLong(checked(index), Double.doubleToRawLongBits(value)));
    }

    /**
     * Sets an element if its bits are as expected.
     *
     * @param index 0 to length - 1
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final int index, final double expected, final double value) {
        return buffer.compareAndSetLong(
                checked(index), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    /**
     * Sets an element if its bits are as expected.
     *
     * @param index 0 to length - 1
     * @param expected value
     * @param value the new value
     * @return the value before, of the same bits as {@code expected} when it was set
     */
    public double compareAndExchange(final int index, final double expected, final double value) {
        return Double.longBitsToDouble(buffer.compareAndExchangeLong(
                checked(index), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value)));
    }

    /**
     * Adds to an element.
     *
     * @param index 0 to length - 1
     * @param delta to add
     * @return the value before
     */
    public double getAndAdd(final int index, final double delta) {
        final int offset = checked(index);
        while (true) {
            final long bits = buffer.getLongVolatile(offset);
            final double before = Double.longBitsToDouble(bits);
            if (replace(offset, bits, before + delta)) {
                return before;
            }
        }
    }

    /**
     * Adds to an element.
     *
     * @param index 0 to length - 1
     * @param delta to add
     * @return the new value
     */
    public double addAndGet(final int index, final double delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Replaces an element by a function of it.
     *
     * @param index 0 to length - 1
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public double getAndUpdate(final int index, final DoubleUnaryOperator function) {
        final int offset = checked(index);
        while (true) {
            final long bits = buffer.getLongVolatile(offset);
            final double before = Double.longBitsToDouble(bits);
            if (replace(offset, bits, function.applyAsDouble(before))) {
                return before;
            }
        }
    }

    /**
     * Replaces an element by a function of it.
     *
     * @param index 0 to length - 1
     * @param function without side effects, as it may run several times
     * @return the new value
     */
    public double updateAndGet(final int index, final DoubleUnaryOperator function) {
        final int offset = checked(index);
        while (true) {
            final long bits = buffer.getLongVolatile(offset);
            final double after = function.applyAsDouble(Double.longBitsToDouble(bits));
            if (replace(offset, bits, after)) {
                return after;
            }
        }
    }

    /**
     * Replaces an element by a function of it and an operand.
     *
     * @param index 0 to length - 1
     * @param operand second argument of the function
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public double getAndAccumulate(final int index, final double operand, final DoubleBinaryOperator function) {
        final int offset = checked(index);
        while (true) {
            final long bits = buffer.getLongVolatile(offset);
            final double before = Double.longBitsToDouble(bits);
            if (replace(offset, bits, function.applyAsDouble(before, operand))) {
                return before;
            }
        }
    }

    /**
     * Replaces an element by a function of it and an operand.
     *
     * @param index 0 to length - 1
     * @param operand second argument of the function
     * @param function without side effects, as it may run several times; {@code Math::max} keeps the highest
     * @return the new value
     */
    public double accumulateAndGet(final int index, final double operand, final DoubleBinaryOperator function) {
        final int offset = checked(index);
        while (true) {
            final long bits = buffer.getLongVolatile(offset);
            final double after = function.applyAsDouble(Double.longBitsToDouble(bits), operand);
            if (replace(offset, bits, after)) {
                return after;
            }
        }
    }

    /**
     * Sets all elements, one after the other.
     *
     * @param value the new value of each
     */
    public void fill(final double value) {
        access.check();
        for (int i = 0; i < length; i++) {
            buffer.putDouble(i << SHIFT, value);
        }
    }

    /**
     * Copies elements out, one after the other.
     *
     * @param index of the first element
     * @param target where they go
     * @param from index of the first in {@code target}
     * @param count number of elements
     */
    public void getAll(final int index, final double[] target, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, target.length);
        for (int i = 0; i < count; i++) {
            target[from + i] = buffer.getDouble(index + i << SHIFT);
        }
    }

    /**
     * Copies elements in, one after the other.
     *
     * @param index of the first element
     * @param source where they come from
     * @param from index of the first in {@code source}
     * @param count number of elements
     */
    public void setAll(final int index, final double[] source, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, source.length);
        for (int i = 0; i < count; i++) {
            buffer.putDouble(index + i << SHIFT, source[from + i]);
        }
    }

    /** {@return a copy of all elements} */
    public double[] toArray() {
        final double[] copy = new double[length];
        getAll(0, copy, 0, length);
        return copy;
    }

    /** The offset of an element. The index is checked first: shifted, a wrong one could look right. */
    private int checked(final int index) {
        access.check();
        return Objects.checkIndex(index, length) << SHIFT;
    }

    private boolean replace(final int offset, final long bits, final double value) {
        access.check();
        return buffer.compareAndSetLong(offset, bits, Double.doubleToRawLongBits(value));
    }

    /** What it is, not what it holds. */
    @Override
    public String toString() {
        return "DoubleArray[length=" + length + (access.isOpen() ? "]" : ", closed]");
    }
}
