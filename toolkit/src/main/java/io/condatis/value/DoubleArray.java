package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.locks.Lock;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

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
 * allocates but {@link #toArray()}, {@link #sort()}, streams, iterators and new views. Comparison is by bits, see
 * {@link DoubleValue}.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 * Adding, and operations that take a function, retry until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves each element from before or after its operation, never between; an
 * operation on several may have done some of them.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Array('d', n)}, with the atomic operations it lacks.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class DoubleArray implements Array, Iterable<Double> {
    private static final int SHIFT = 3;

    private final Storage storage;
    private final Access access;
    private final long address;
    private final int length;

    DoubleArray(final Storage storage) {
        this.storage = storage.checked(CType.Form.DOUBLE);
        this.access = storage.access();
        this.address = storage.address();
        this.length = storage.length();
    }

    /**
     * A view of {@code length} times eight bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it; its address must be a multiple of 8
     * @param length number of elements, from 0
     * @return the view; the elements are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, the memory on the Java heap, or the length
     *     cannot be
     */
    public static DoubleArray at(final AtomicBuffer buffer, final int offset, final int length) {
        return new DoubleArray(Storage.of(buffer, offset, CType.DOUBLE, length));
    }

    /** {@return the number of elements; also after close} */
    @Override
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
        return Double.longBitsToDouble(UnsafeApi.getLongVolatile(null, element(index)));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final double value) {
        UnsafeApi.putLongVolatile(null, element(index), Double.doubleToRawLongBits(value));
    }

    /**
     * Reads an element without ordering: one that no other thread or process writes now.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public double getPlain(final int index) {
        return UnsafeApi.getDouble(null, element(index));
    }

    /**
     * Sets an element without ordering.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setPlain(final int index, final double value) {
        UnsafeApi.putDouble(null, element(index), value);
    }

    /**
     * Reads an element; what its writer wrote before {@link #setRelease} is visible afterwards.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public double getAcquire(final int index) {
        return Double.longBitsToDouble(UnsafeApi.getLongAcquire(null, element(index)));
    }

    /**
     * Sets an element after everything that this thread wrote before.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setRelease(final int index, final double value) {
        UnsafeApi.putLongRelease(null, element(index), Double.doubleToRawLongBits(value));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     * @return the value before
     */
    public double getAndSet(final int index, final double value) {
        return Double.longBitsToDouble(
                UnsafeApi.getAndSetLong(null, element(index), Double.doubleToRawLongBits(value)));
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
        return replace(index, Double.doubleToRawLongBits(expected), value);
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
        return Double.longBitsToDouble(UnsafeApi.compareAndExchangeLong(
                null, element(index), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value)));
    }

    /**
     * Adds to an element.
     *
     * @param index 0 to length - 1
     * @param delta to add
     * @return the value before
     */
    public double getAndAdd(final int index, final double delta) {
        while (true) {
            final long bits = bits(index);
            final double before = Double.longBitsToDouble(bits);
            if (replace(index, bits, before + delta)) {
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
        while (true) {
            final long bits = bits(index);
            final double before = Double.longBitsToDouble(bits);
            if (replace(index, bits, function.applyAsDouble(before))) {
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
        while (true) {
            final long bits = bits(index);
            final double after = function.applyAsDouble(Double.longBitsToDouble(bits));
            if (replace(index, bits, after)) {
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
        while (true) {
            final long bits = bits(index);
            final double before = Double.longBitsToDouble(bits);
            if (replace(index, bits, function.applyAsDouble(before, operand))) {
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
        while (true) {
            final long bits = bits(index);
            final double after = function.applyAsDouble(Double.longBitsToDouble(bits), operand);
            if (replace(index, bits, after)) {
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
        for (int i = 0; i < length; i++) {
            setPlain(i, value);
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
            target[from + i] = getPlain(index + i);
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
            setPlain(index + i, source[from + i]);
        }
    }

    /** Sorts ascending, NaN last. Not atomic: others see elements missing and twice meanwhile, so hold a lock. */
    public void sort() {
        final double[] copy = toArray();
        Arrays.sort(copy);
        setAll(0, copy, 0, length);
    }

    /** {@return the elements in order, each read when the stream comes to it} */
    public DoubleStream stream() {
        return IntStream.range(0, length).mapToDouble(this::get);
    }

    /** {@return the elements in order, each read when the iterator comes to it} */
    @Override
    public PrimitiveIterator.OfDouble iterator() {
        return stream().iterator();
    }

    @Override
    public void setBoxed(final int index, final Object value) {
        set(index, type().toDouble(value));
    }

    private long element(final int index) {
        access.check();
        return address + ((long) Storage.checkIndex(index, length) << SHIFT);
    }

    private long bits(final int index) {
        return UnsafeApi.getLongVolatile(null, element(index));
    }

    private boolean replace(final int index, final long bits, final double value) {
        return UnsafeApi.compareAndSetLong(null, element(index), bits, Double.doubleToRawLongBits(value));
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
    public DoubleArray raw() {
        return new DoubleArray(storage.withLock(null));
    }

    @Override
    public DoubleArray withLock(final Lock other) {
        return new DoubleArray(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public DoubleArray slice(final int from, final int to) {
        return new DoubleArray(storage.slice(from, to));
    }

    @Override
    public Object boxed(final int index) {
        return get(index);
    }

    /** {@return a copy of all elements} */
    @Override
    public double[] toArray() {
        final double[] copy = new double[length];
        getAll(0, copy, 0, length);
        return copy;
    }

    /** What it is, not what it holds. */
    @Override
    public String toString() {
        return storage.describe("DoubleArray");
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
