package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * An {@code int} in shared memory, with the operations of {@link java.util.concurrent.atomic.AtomicInteger} between
 * processes as well as threads; also the smaller integers of C, of one and two bytes, signed and unsigned.
 *
 * <p>Use it where the memory is shared with programs that have such types, or is short; {@link LongValue} is as fast.
 *
 * <p><b>Layout.</b> Four bytes, or as many as the type has, in the byte order of the machine, at an address that is a
 * multiple of that; nothing else.
 *
 * <p><b>Threads and processes.</b> Every operation is atomic. Memory effects are those of the method of the same name
 * in {@code AtomicInteger}: volatile unless the name says plain, acquire or release; always volatile for one and two
 * bytes. No operation allocates. What does not fit wraps as in C.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 * Operations that take a function retry it until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves the value from before or after its operation, never between.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value} of the codes b B h H i c u, with the atomic operations it lacks.
 * Unsigned ones read back unsigned; c is a number from 0 to 255, u a code point.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class IntValue implements Value {
    /** Bytes of memory that a {@code int} takes. */
    public static final int LENGTH = Integer.BYTES;

    private final Storage storage;
    private final Access gate;
    private final long address;
    private final Narrow narrow;

    IntValue(final Storage storage) {
        this.storage = storage.checked(CType.Form.INT);
        this.gate = storage.gate(storage.type().size() == LENGTH);
        this.address = storage.address();
        this.narrow = new Narrow(storage.access(), storage.type());
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
    public static IntValue at(final AtomicBuffer buffer, final int offset) {
        return at(buffer, offset, CType.INT);
    }

    /**
     * A view of an integer of some width.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the value in it; its address must be a multiple of the type's size
     * @param type one of b B h H i c u
     * @return the view; the value is what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, the memory on the Java heap, or the type
     *     another
     */
    public static IntValue at(final AtomicBuffer buffer, final int offset, final CType type) {
        return new IntValue(Storage.of(buffer, offset, type, 1));
    }

    /** {@return the current value} */
    public int get() {
        return gate.isOpen() ? UnsafeApi.getIntVolatile(null, address) : (int) narrow.get(address);
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     */
    public void set(final int value) {
        if (gate.isOpen()) {
            UnsafeApi.putIntVolatile(null, address, value);
        } else {
            narrow.set(address, value);
        }
    }

    /** {@return the value, read without ordering: for a value that no other thread or process writes now} */
    public int getPlain() {
        return gate.isOpen() ? UnsafeApi.getInt(null, address) : (int) narrow.get(address);
    }

    /**
     * Sets the value without ordering.
     *
     * @param value the new value
     */
    public void setPlain(final int value) {
        if (gate.isOpen()) {
            UnsafeApi.putInt(null, address, value);
        } else {
            narrow.set(address, value);
        }
    }

    /** {@return the value; what its writer wrote before {@link #setRelease} is visible afterwards} */
    public int getAcquire() {
        return gate.isOpen() ? UnsafeApi.getIntAcquire(null, address) : (int) narrow.get(address);
    }

    /**
     * Sets the value after everything that this thread wrote before; cheaper than {@link #set}, which also waits until
     * others can see it.
     *
     * @param value the new value
     */
    public void setRelease(final int value) {
        if (gate.isOpen()) {
            UnsafeApi.putIntRelease(null, address, value);
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
    public int getAndSet(final int value) {
        return gate.isOpen() ? UnsafeApi.getAndSetInt(null, address, value) : (int) narrow.getAndSet(address, value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final int expected, final int value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndSetInt(null, address, expected, value)
                : narrow.compareAndSet(address, expected, value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return the value before, equal to {@code expected} when it was set
     */
    public int compareAndExchange(final int expected, final int value) {
        return gate.isOpen()
                ? UnsafeApi.compareAndExchangeInt(null, address, expected, value)
                : (int) narrow.compareAndExchange(address, expected, value);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the value before
     */
    public int getAndAdd(final int delta) {
        return gate.isOpen() ? UnsafeApi.getAndAddInt(null, address, delta) : (int) narrow.getAndAdd(address, delta);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the new value
     */
    public int addAndGet(final int delta) {
        return (int) narrow.wrapped(getAndAdd(delta) + delta);
    }

    /** {@return the value before one was added} */
    public int getAndIncrement() {
        return getAndAdd(1);
    }

    /** {@return the value after one was added} */
    public int incrementAndGet() {
        return addAndGet(1);
    }

    /** {@return the value before one was taken} */
    public int getAndDecrement() {
        return getAndAdd(-1);
    }

    /** {@return the value after one was taken} */
    public int decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Replaces the value by a function of it.
     *
     * @param function without side effects, as it may run several times
     * @return the value before
     */
    public int getAndUpdate(final IntUnaryOperator function) {
        while (true) {
            final int before = get();
            if (compareAndSet(before, function.applyAsInt(before))) {
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
    public int updateAndGet(final IntUnaryOperator function) {
        while (true) {
            final int before = get();
            final int after = (int) narrow.wrapped(function.applyAsInt(before));
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
    public int getAndAccumulate(final int operand, final IntBinaryOperator function) {
        while (true) {
            final int before = get();
            if (compareAndSet(before, function.applyAsInt(before, operand))) {
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
    public int accumulateAndGet(final int operand, final IntBinaryOperator function) {
        while (true) {
            final int before = get();
            final int after = (int) narrow.wrapped(function.applyAsInt(before, operand));
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
    public IntValue raw() {
        return new IntValue(storage.withLock(null));
    }

    @Override
    public IntValue withLock(final Lock other) {
        return new IntValue(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public Object boxed() {
        return get();
    }

    @Override
    public void setBoxed(final Object value) {
        set((int) type().toLong(value));
    }

    /** {@return the current value as text, or that it is closed} */
    @Override
    public String toString() {
        return storage.access().isOpen() ? Integer.toString(get()) : "closed";
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
