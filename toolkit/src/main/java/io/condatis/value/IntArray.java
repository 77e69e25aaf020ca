package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.locks.Lock;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A fixed number of {@code int}s in shared memory, with the operations of
 * {@link java.util.concurrent.atomic.AtomicIntegerArray} on each of them, between processes as well as threads; also
 * of the smaller integers of C, of one and two bytes, signed and unsigned.
 *
 * <p>Use it for tables by index that are large, or shared with programs that have such types.
 *
 * <p><b>Layout.</b> {@code length} times four bytes, or as many as the type has, in the byte order of the machine,
 * from an address that is a multiple of that; numpy reads it as {@code int32}, {@code int8}, {@code uint16} and so
 * on.
 *
 * <p><b>Threads and processes.</b> Every operation on one element is atomic, with the memory effects of the method of
 * the same name in {@code AtomicIntegerArray}: volatile unless the name says plain, acquire or release; always
 * volatile for one and two bytes. Neighbours are left alone. Operations on several elements are a sequence: use a
 * lock where others must not see or change the middle. None allocates but {@link #toArray()}, {@link #sort()},
 * streams, iterators and new views. What does not fit wraps as in C.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 * Operations that take a function retry it until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves each element from before or after its operation, never between; an
 * operation on several may have done some of them.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Array} of the codes b B h H i u, with the atomic operations it lacks; for
 * c there is {@link CharArray}.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class IntArray implements Array, Iterable<Integer> {
    private final Storage storage;
    private final Access access;
    private final Access gate;
    private final long address;
    private final int length;
    private final Narrow narrow;

    IntArray(final Storage storage) {
        this.storage = storage.checked(CType.Form.INT);
        this.access = storage.access();
        this.gate = storage.gate(storage.type().size() == Integer.BYTES);
        this.address = storage.address();
        this.length = storage.length();
        this.narrow = new Narrow(access, storage.type());
    }

    /**
     * A view of {@code length} times four bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it; its address must be a multiple of 4
     * @param length number of elements, from 0
     * @return the view; the elements are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, the memory on the Java heap, or the length
     *     cannot be
     */
    public static IntArray at(final AtomicBuffer buffer, final int offset, final int length) {
        return at(buffer, offset, CType.INT, length);
    }

    /**
     * A view of integers of some width, side by side.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it; its address must be a multiple of the type's size
     * @param type one of b B h H i c u
     * @param length number of elements, from 0
     * @return the view; the elements are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when address, memory or length cannot be, or the type is another
     */
    public static IntArray at(final AtomicBuffer buffer, final int offset, final CType type, final int length) {
        return new IntArray(Storage.of(buffer, offset, type, length));
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
    public int get(final int index) {
        return gate.isOpen() ? UnsafeApi.getIntVolatile(null, wide(index)) : (int) narrow.get(element(index));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final int value) {
        if (gate.isOpen()) {
            UnsafeApi.putIntVolatile(null, wide(index), value);
        } else {
            narrow.set(element(index), value);
        }
    }

    /**
     * Reads an element without ordering: one that no other thread or process writes now.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public int getPlain(final int index) {
        return gate.isOpen() ? UnsafeApi.getInt(null, wide(index)) : (int) narrow.get(element(index));
    }

    /**
     * Sets an element without ordering.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setPlain(final int index, final int value) {
        if (gate.isOpen()) {
            UnsafeApi.putInt(null, wide(index), value);
        } else {
            narrow.set(element(index), value);
        }
    }

    /**
     * Reads an element; what its writer wrote before {@link #setRelease} is visible afterwards.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public int getAcquire(final int index) {
        return gate.isOpen() ? UnsafeApi.getIntAcquire(null, wide(index)) : (int) narrow.get(element(index));
    }

    /**
     * Sets an element after everything that this thread wrote before.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setRelease(final int index, final int value) {
        if (gate.isOpen()) {
            UnsafeApi.putIntRelease(null, wide(index), value);
        } else {
            narrow.set(element(index), value);
        }
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     * @return the value before
     */
    public int getAndSet(final int index, final int value) {
        return gate.isOpen()
                ? UnsafeApi.getAndSetInt(null, wide(index), value)
                : (int) narrow.getAndSet(element(index), value);
    }

    /**
     * Sets an element if it is as expected.
     *
     * @param index 0 to length - 1
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final int index, final int expected, final int value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndSetInt(null, wide(index), expected, value)
                : narrow.compareAndSet(element(index), expected, value);
    }

    /**
     * Sets an element if it is as expected.
     *
     * @param index 0 to length - 1
     * @param expected value
     * @param value the new value
     * @return the value before, equal to {@code expected} when it was set
     */
    public int compareAndExchange(final int index, final int expected, final int value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndExchangeInt(null, wide(index), expected, value)
                : (int) narrow.compareAndExchange(element(index), expected, value);
    }

    /**
     * Adds to an element, wrapping on overflow.
     *
     * @param index 0 to length - 1
     * @param delta to add
     * @return the value before
     */
    public int getAndAdd(final int index, final int delta) {
        return gate.isOpen()
                ? UnsafeApi.getAndAddInt(null, wide(index), delta)
                : (int) narrow.getAndAdd(element(index), delta);
    }

    /**
     * Adds to an element, wrapping on overflow.
     *
     * @param index 0 to length - 1
     * @param delta to add
     * @return the new value
     */
    public int addAndGet(final int index, final int delta) {
        return (int) narrow.wrapped(getAndAdd(index, delta) + delta);
    }

    /**
     * Adds one to an element.
     *
     * @param index 0 to length - 1
     * @return the value before
     */
    public int getAndIncrement(final int index) {
        return getAndAdd(index, 1);
    }

    /**
     * Adds one to an element.
     *
     * @param index 0 to length - 1
     * @return the new value
     */
    public int incrementAndGet(final int index) {
        return addAndGet(index, 1);
    }

    /**
     * Takes one from an element.
     *
     * @param index 0 to length - 1
     * @return the value before
     */
    public int getAndDecrement(final int index) {
        return getAndAdd(index, -1);
    }

    /**
     * Takes one from an element.
     *
     * @param index 0 to length - 1
     * @return the new value
     */
    public int decrementAndGet(final int index) {
        return addAndGet(index, -1);
    }

    /**
     * Replaces an element by a function of it.
     *
     * @param index 0 to length - 1
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public int getAndUpdate(final int index, final IntUnaryOperator function) {
        while (true) {
            final int before = get(index);
            if (compareAndSet(index, before, function.applyAsInt(before))) {
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
    public int updateAndGet(final int index, final IntUnaryOperator function) {
        while (true) {
            final int before = get(index);
            final int after = (int) narrow.wrapped(function.applyAsInt(before));
            if (compareAndSet(index, before, after)) {
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
    public int getAndAccumulate(final int index, final int operand, final IntBinaryOperator function) {
        while (true) {
            final int before = get(index);
            if (compareAndSet(index, before, function.applyAsInt(before, operand))) {
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
    public int accumulateAndGet(final int index, final int operand, final IntBinaryOperator function) {
        while (true) {
            final int before = get(index);
            final int after = (int) narrow.wrapped(function.applyAsInt(before, operand));
            if (compareAndSet(index, before, after)) {
                return after;
            }
        }
    }

    /**
     * Sets all elements, one after the other.
     *
     * @param value the new value of each
     */
    public void fill(final int value) {
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
    public void getAll(final int index, final int[] target, final int from, final int count) {
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
    public void setAll(final int index, final int[] source, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, source.length);
        for (int i = 0; i < count; i++) {
            setPlain(index + i, source[from + i]);
        }
    }

    /** Sorts ascending. Not atomic: others see elements missing and twice meanwhile, so hold a lock. */
    public void sort() {
        final int[] copy = toArray();
        Arrays.sort(copy);
        setAll(0, copy, 0, length);
    }

    /** {@return the elements in order, each read when the stream comes to it} */
    public IntStream stream() {
        return IntStream.range(0, length).map(this::get);
    }

    /** {@return the elements in order, each read when the iterator comes to it} */
    @Override
    public PrimitiveIterator.OfInt iterator() {
        return stream().iterator();
    }

    @Override
    public void setBoxed(final int index, final Object value) {
        set(index, (int) type().toLong(value));
    }

    /** The address of an element of four bytes. */
    private long wide(final int index) {
        return address + ((long) Storage.checkIndex(index, length) << 2);
    }

    private long element(final int index) {
        return address + (long) Objects.checkIndex(index, length) * type().size();
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
    public IntArray raw() {
        return new IntArray(storage.withLock(null));
    }

    @Override
    public IntArray withLock(final Lock other) {
        return new IntArray(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public IntArray slice(final int from, final int to) {
        return new IntArray(storage.slice(from, to));
    }

    @Override
    public Object boxed(final int index) {
        return get(index);
    }

    /** {@return a copy of all elements} */
    @Override
    public int[] toArray() {
        final int[] copy = new int[length];
        getAll(0, copy, 0, length);
        return copy;
    }

    /** What it is, not what it holds. */
    @Override
    public String toString() {
        return storage.describe("IntArray");
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
