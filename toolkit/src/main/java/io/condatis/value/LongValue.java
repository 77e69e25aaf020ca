package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A {@code long} in shared memory, with the operations of {@link java.util.concurrent.atomic.AtomicLong} between
 * processes as well as threads.
 *
 * <p>Use it for counters, sequences, flags and high-water marks; for several fields that must change together use a
 * lock, or a {@code Snapshot}.
 *
 * <p><b>Layout.</b> Eight bytes in the byte order of the machine, at an address that is a multiple of eight; nothing
 * else. An {@link CType#UNSIGNED_INT} has four bytes and reads back as 0 to 4294967295.
 *
 * <p><b>Threads and processes.</b> Every operation is atomic. Memory effects are those of the method of the same name
 * in {@code AtomicLong}: volatile unless the name says plain, acquire or release. No operation allocates.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 * Operations that take a function retry it until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves the value from before or after its operation, never between.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value} of the codes l L q Q I, with the atomic operations it lacks. An
 * unsigned value of eight bytes is the {@code long} of the same bits: {@link #toUnsignedString()},
 * {@link Long#compareUnsigned}, {@link Long#divideUnsigned}.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class LongValue implements Value {
    /** Bytes of memory that a {@code long} takes. */
    public static final int LENGTH = Long.BYTES;

    private final Storage storage;
    private final Access gate;
    private final long address;
    private final Narrow narrow;

    LongValue(final Storage storage) {
        this.storage = storage.checked(CType.Form.LONG);
        this.gate = storage.gate(storage.type().size() == LENGTH);
        this.address = storage.address();
        this.narrow = new Narrow(storage.access(), storage.type());
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
    public static LongValue at(final AtomicBuffer buffer, final int offset) {
        return at(buffer, offset, CType.LONG_LONG);
    }

    /**
     * A view of an integer of some width.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the value in it; its address must be a multiple of the type's size
     * @param type one of l L q Q I
     * @return the view; the value is what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, the memory on the Java heap, or the type
     *     another
     */
    public static LongValue at(final AtomicBuffer buffer, final int offset, final CType type) {
        return new LongValue(Storage.of(buffer, offset, type, 1));
    }

    /** {@return the current value} */
    public long get() {
        return gate.isOpen() ? UnsafeApi.getLongVolatile(null, address) : narrow.get(address);
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     */
    public void set(final long value) {
        if (gate.isOpen()) {
            UnsafeApi.putLongVolatile(null, address, value);
        } else {
            narrow.set(address, value);
        }
    }

    /** {@return the value, read without ordering: for a value that no other thread or process writes now} */
    public long getPlain() {
        return gate.isOpen() ? UnsafeApi.getLong(null, address) : narrow.get(address);
    }

    /**
     * Sets the value without ordering.
     *
     * @param value the new value
     */
    public void setPlain(final long value) {
        if (gate.isOpen()) {
            UnsafeApi.putLong(null, address, value);
        } else {
            narrow.set(address, value);
        }
    }

    /** {@return the value; what its writer wrote before {@link #setRelease} is visible afterwards} */
    public long getAcquire() {
        return gate.isOpen() ? UnsafeApi.getLongAcquire(null, address) : narrow.get(address);
    }

    /**
     * Sets the value after everything that this thread wrote before; cheaper than {@link #set}, which also waits until
     * others can see it.
     *
     * @param value the new value
     */
    public void setRelease(final long value) {
        if (gate.isOpen()) {
            UnsafeApi.putLongRelease(null, address, value);
        } else {
            narrow.set(address, value);
        }
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     * @return the value before
     */
    public long getAndSet(final long value) {
        return gate.isOpen() ? UnsafeApi.getAndSetLong(null, address, value) : narrow.getAndSet(address, value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final long expected, final long value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndSetLong(null, address, expected, value)
                : narrow.compareAndSet(address, expected, value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return the value before, equal to {@code expected} when it was set
     */
    public long compareAndExchange(final long expected, final long value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndExchangeLong(null, address, expected, value)
                : narrow.compareAndExchange(address, expected, value);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the value before
     */
    public long getAndAdd(final long delta) {
        return gate.isOpen() ? UnsafeApi.getAndAddLong(null, address, delta) : narrow.getAndAdd(address, delta);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the new value
     */
    public long addAndGet(final long delta) {
        return narrow.wrapped(getAndAdd(delta) + delta);
    }

    /** {@return the value before one was added} */
    public long getAndIncrement() {
        return getAndAdd(1);
    }

    /** {@return the value after one was added} */
    public long incrementAndGet() {
        return addAndGet(1);
    }

    /** {@return the value before one was taken} */
    public long getAndDecrement() {
        return getAndAdd(-1);
    }

    /** {@return the value after one was taken} */
    public long decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Replaces the value by a function of it.
     *
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public long getAndUpdate(final LongUnaryOperator function) {
        while (true) {
            final long before = get();
            if (compareAndSet(before, function.applyAsLong(before))) {
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
    public long updateAndGet(final LongUnaryOperator function) {
        while (true) {
            final long before = get();
            final long after = narrow.wrapped(function.applyAsLong(before));
            if (compareAndSet(before, after)) {
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
    public long getAndAccumulate(final long operand, final LongBinaryOperator function) {
        while (true) {
            final long before = get();
            if (compareAndSet(before, function.applyAsLong(before, operand))) {
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
    public long accumulateAndGet(final long operand, final LongBinaryOperator function) {
        while (true) {
            final long before = get();
            final long after = narrow.wrapped(function.applyAsLong(before, operand));
            if (compareAndSet(before, after)) {
                return after;
            }
        }
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
    public LongValue raw() {
        return new LongValue(storage.withLock(null));
    }

    @Override
    public LongValue withLock(final Lock other) {
        return new LongValue(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public Object boxed() {
        return get();
    }

    @Override
    public void setBoxed(final Object value) {
        set(type().toLong(value));
    }

    /** {@return the current value, read as unsigned if its type is} */
    public String toUnsignedString() {
        return type().isSigned() ? Long.toString(get()) : Long.toUnsignedString(get());
    }

    /** {@return the current value as text, or that it is closed} */
    @Override
    public String toString() {
        return storage.access().isOpen() ? toUnsignedString() : "closed";
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
