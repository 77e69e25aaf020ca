package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.locks.Lock;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A fixed number of {@code long}s in shared memory, with the operations of
 * {@link java.util.concurrent.atomic.AtomicLongArray} on each of them, between processes as well as threads.
 *
 * <p>Use it for tables and counters by index. Elements lie side by side, so counters that are hot in several processes
 * are faster as {@link LongValue}s, which keep apart.
 *
 * <p><b>Layout.</b> {@code length} times eight bytes, in the byte order of the machine, from an address that is a
 * multiple of eight; numpy reads it as {@code int64} or {@code uint64}. An array of {@link CType#UNSIGNED_INT} has
 * four bytes each, {@code uint32}.
 *
 * <p><b>Threads and processes.</b> Every operation on one element is atomic, with the memory effects of the method of
 * the same name in {@code AtomicLongArray}: volatile unless the name says plain, acquire or release. Operations on
 * several elements are a sequence of plain ones: use a lock where others must not see or change the middle. None
 * allocates but {@link #toArray()}, {@link #sort()}, streams, iterators and new views.
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
 * <p><b>CPython.</b> {@code multiprocessing.Array} of the codes l L q Q I, with the atomic operations it lacks. For L
 * and Q see {@link Long#toUnsignedString(long)} and its neighbours.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class LongArray implements Array, Iterable<Long> {
    private final Storage storage;
    private final Access access;
    private final Access gate;
    private final long address;
    private final int length;
    private final Narrow narrow;

    LongArray(final Storage storage) {
        this.storage = storage.checked(CType.Form.LONG);
        this.access = storage.access();
        this.gate = storage.gate(storage.type().size() == Long.BYTES);
        this.address = storage.address();
        this.length = storage.length();
        this.narrow = new Narrow(access, storage.type());
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
    public static LongArray at(final AtomicBuffer buffer, final int offset, final int length) {
        return at(buffer, offset, CType.LONG_LONG, length);
    }

    /**
     * A view of integers of some width, side by side.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it; its address must be a multiple of the type's size
     * @param type one of l L q Q I
     * @param length number of elements, from 0
     * @return the view; the elements are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when address, memory or length cannot be, or the type is another
     */
    public static LongArray at(final AtomicBuffer buffer, final int offset, final CType type, final int length) {
        return new LongArray(Storage.of(buffer, offset, type, length));
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
    public long get(final int index) {
        return gate.isOpen() ? UnsafeApi.getLongVolatile(null, wide(index)) : narrow.get(element(index));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final long value) {
        if (gate.isOpen()) {
            UnsafeApi.putLongVolatile(null, wide(index), value);
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
    public long getPlain(final int index) {
        return gate.isOpen() ? UnsafeApi.getLong(null, wide(index)) : narrow.get(element(index));
    }

    /**
     * Sets an element without ordering.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setPlain(final int index, final long value) {
        if (gate.isOpen()) {
            UnsafeApi.putLong(null, wide(index), value);
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
    public long getAcquire(final int index) {
        return gate.isOpen() ? UnsafeApi.getLongAcquire(null, wide(index)) : narrow.get(element(index));
    }

    /**
     * Sets an element after everything that this thread wrote before.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setRelease(final int index, final long value) {
        if (gate.isOpen()) {
            UnsafeApi.putLongRelease(null, wide(index), value);
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
    public long getAndSet(final int index, final long value) {
        return gate.isOpen()
                ? UnsafeApi.getAndSetLong(null, wide(index), value)
                : narrow.getAndSet(element(index), value);
    }

    /**
     * Sets an element if it is as expected.
     *
     * @param index 0 to length - 1
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final int index, final long expected, final long value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndSetLong(null, wide(index), expected, value)
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
    public long compareAndExchange(final int index, final long expected, final long value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndExchangeLong(null, wide(index), expected, value)
                : narrow.compareAndExchange(element(index), expected, value);
    }

    /**
     * Adds to an element, wrapping on overflow.
     *
     * @param index 0 to length - 1
     * @param delta to add
     * @return the value before
     */
    public long getAndAdd(final int index, final long delta) {
        return gate.isOpen()
                ? UnsafeApi.getAndAddLong(null, wide(index), delta)
                : narrow.getAndAdd(element(index), delta);
    }

    /**
     * Adds to an element, wrapping on overflow.
     *
     * @param index 0 to length - 1
     * @param delta to add
     * @return the new value
     */
    public long addAndGet(final int index, final long delta) {
        return narrow.wrapped(getAndAdd(index, delta) + delta);
    }

    /**
     * Adds one to an element.
     *
     * @param index 0 to length - 1
     * @return the value before
     */
    public long getAndIncrement(final int index) {
        return getAndAdd(index, 1);
    }

    /**
     * Adds one to an element.
     *
     * @param index 0 to length - 1
     * @return the new value
     */
    public long incrementAndGet(final int index) {
        return addAndGet(index, 1);
    }

    /**
     * Takes one from an element.
     *
     * @param index 0 to length - 1
     * @return the value before
     */
    public long getAndDecrement(final int index) {
        return getAndAdd(index, -1);
    }

    /**
     * Takes one from an element.
     *
     * @param index 0 to length - 1
     * @return the new value
     */
    public long decrementAndGet(final int index) {
        return addAndGet(index, -1);
    }

    /**
     * Replaces an element by a function of it.
     *
     * @param index 0 to length - 1
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public long getAndUpdate(final int index, final LongUnaryOperator function) {
        while (true) {
            final long before = get(index);
            if (compareAndSet(index, before, function.applyAsLong(before))) {
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
    public long updateAndGet(final int index, final LongUnaryOperator function) {
        while (true) {
            final long before = get(index);
            final long after = narrow.wrapped(function.applyAsLong(before));
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
    public long getAndAccumulate(final int index, final long operand, final LongBinaryOperator function) {
        while (true) {
            final long before = get(index);
            if (compareAndSet(index, before, function.applyAsLong(before, operand))) {
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
    public long accumulateAndGet(final int index, final long operand, final LongBinaryOperator function) {
        while (true) {
            final long before = get(index);
            final long after = narrow.wrapped(function.applyAsLong(before, operand));
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
    public void fill(final long value) {
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
    public void getAll(final int index, final long[] target, final int from, final int count) {
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
    public void setAll(final int index, final long[] source, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, source.length);
        for (int i = 0; i < count; i++) {
            setPlain(index + i, source[from + i]);
        }
    }

    /**
     * Sorts ascending, unsigned types in their own order. Not atomic: others see elements missing and twice meanwhile,
     * so hold a lock.
     */
    public void sort() {
        final long[] copy = toArray();
        final long flip = type().isSigned() ? 0 : Long.MIN_VALUE; // an unsigned order is a signed one of flipped signs
        for (int i = 0; i < length; i++) {
            copy[i] ^= flip;
        }
        Arrays.sort(copy);
        for (int i = 0; i < length; i++) {
            copy[i] ^= flip;
        }
        setAll(0, copy, 0, length);
    }

    /** {@return the elements in order, each read when the stream comes to it} */
    public LongStream stream() {
        return IntStream.range(0, length).mapToLong(this::get);
    }

    /** {@return the elements in order, each read when the iterator comes to it} */
    @Override
    public PrimitiveIterator.OfLong iterator() {
        return stream().iterator();
    }

    @Override
    public void setBoxed(final int index, final Object value) {
        set(index, type().toLong(value));
    }

    /** The address of an element of eight bytes. */
    private long wide(final int index) {
        return address + ((long) Storage.checkIndex(index, length) << 3);
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
    public LongArray raw() {
        return new LongArray(storage.withLock(null));
    }

    @Override
    public LongArray withLock(final Lock other) {
        return new LongArray(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public LongArray slice(final int from, final int to) {
        return new LongArray(storage.slice(from, to));
    }

    @Override
    public Object boxed(final int index) {
        return get(index);
    }

    /** {@return a copy of all elements} */
    @Override
    public long[] toArray() {
        final long[] copy = new long[length];
        getAll(0, copy, 0, length);
        return copy;
    }

    /** What it is, not what it holds. */
    @Override
    public String toString() {
        return storage.describe("LongArray");
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
