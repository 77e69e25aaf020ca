package io.condatis.value;

import io.condatis.internal.os.Access;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A {@code long} in shared memory, with the operations of {@link java.util.concurrent.atomic.AtomicLong} between
 * processes as well as threads.
 *
 * <p>Use it for counters, sequences, flags and high-water marks; for several fields that must change together use a
 * lock.
 *
 * <p><b>Layout.</b> Eight bytes in the byte order of the machine, at an address that is a multiple of eight; nothing
 * else.
 *
 * <p><b>Threads and processes.</b> Every operation is atomic. Memory effects are those of the method of the same name
 * in {@code AtomicLong}: volatile unless the name says plain, acquire or release. No operation allocates.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never. Operations that take a function retry it until no other process came between.
 *
 * <p><b>Crash.</b> A process that is killed leaves the value from before or after its operation, never between.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value('q', n, lock=False)}, with the atomic operations it lacks.
 */
public final class LongValue {
    /** Bytes of memory that a value takes. */
    public static final int LENGTH = Long.BYTES;

    private final Access access;
    private final UnsafeBuffer buffer;

    private LongValue(final Access access, final UnsafeBuffer buffer) {
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
    public static LongValue at(final AtomicBuffer buffer, final int offset) {
        return new LongValue(Access.of(buffer), Windows.aligned(buffer, offset, LENGTH));
    }

    /** {@return the current value} */
    public long get() {
        access.check();
        return buffer.getLongVolatile(0);
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     */
    public void set(final long value) {
        access.check();
        buffer.putLongVolatile(0, value);
    }

    /** {@return the value, read without ordering: for a value that no other thread or process writes now} */
    public long getPlain() {
        access.check();
        return buffer.getLong(0);
    }

    /**
     * Sets the value without ordering.
     *
     * @param value the new value
     */
    public void setPlain(final long value) {
        access.check();
        buffer.putLong(0, value);
    }

    /** {@return the value; what its writer wrote before {@link #setRelease} is visible afterwards} */
    public long getAcquire() {
        access.check();
        return buffer.getLongAcquire(0);
    }

    /**
     * Sets the value after everything that this thread wrote before; cheaper than {@link #set}, which also waits until
     * others can see it.
     *
     * @param value the new value
     */
    public void setRelease(final long value) {
        access.check();
        buffer.putLongRelease(0, value);
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     * @return the value before
     */
    public long getAndSet(final long value) {
        access.check();
        return buffer.getAndSetLong(0, value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final long expected, final long value) {
        access.check();
        return buffer.compareAndSetLong(0, expected, value);
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return the value before, equal to {@code expected} when it was set
     */
    public long compareAndExchange(final long expected, final long value) {
        access.check();
        return buffer.compareAndExchangeLong(0, expected, value);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the value before
     */
    public long getAndAdd(final long delta) {
        access.check();
        return buffer.getAndAddLong(0, delta);
    }

    /**
     * Adds, wrapping on overflow.
     *
     * @param delta to add
     * @return the new value
     */
    public long addAndGet(final long delta) {
        return getAndAdd(delta) + delta;
    }

    /** {@return the value before one was added} */
    public long getAndIncrement() {
        return getAndAdd(1);
    }

    /** {@return the value after one was added} */
    public long incrementAndGet() {
        return getAndAdd(1) + 1;
    }

    /** {@return the value before one was taken} */
    public long getAndDecrement() {
        return getAndAdd(-1);
    }

    /** {@return the value after one was taken} */
    public long decrementAndGet() {
        return getAndAdd(-1) - 1;
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
            final long after = function.applyAsLong(before);
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
            final long after = function.applyAsLong(before, operand);
            if (compareAndSet(before, after)) {
                return after;
            }
        }
    }

    /** {@return the current value as text, or that it is closed} */
    @Override
    public String toString() {
        return access.isOpen() ? Long.toString(get()) : "closed";
    }
}
