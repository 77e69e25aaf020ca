package io.condatis.manager;

import java.util.function.UnaryOperator;

/**
 * One value in the server of a {@link Manager}: CPython's {@code Manager().Value()}, with the atomic operations that CPython
 * lacks. It reads like {@link java.util.concurrent.atomic.AtomicReference}.
 *
 * <p>What is set is a copy, {@code null} is allowed; a managed object is stored as a reference. Each call is one step of the
 * server; {@link #updateAndGet} and {@link #compareAndSet} read, and store only if nobody came between. Thread-safe. When the
 * server dies, calls throw {@link ManagerLostException}; when the value was deleted, {@link IllegalStateException}.
 *
 * @param <V> type of the value
 */
public interface SharedValue<V> {
    /** {@return the value} */
    V get();

    /**
     * Set the value.
     *
     * @param value the new one
     */
    void set(V value);

    /**
     * Set the value.
     *
     * @param value the new one
     * @return the one before
     */
    V getAndSet(V value);

    /**
     * Set the value if it is as expected, by {@code equals}.
     *
     * @param expected value
     * @param value the new one
     * @return whether it was as expected
     */
    boolean compareAndSet(V expected, V value);

    /**
     * Replace the value by a function of it. Atomic; the function runs here and perhaps more than once.
     *
     * @param function of the present value
     * @return the new value
     */
    V updateAndGet(UnaryOperator<V> function);

    /**
     * Add to a number in the server, in one message. Integers wrap on overflow.
     *
     * @param delta a number of the same type as the value, Byte, Short, Integer, Long, Float or Double
     * @return the sum
     * @throws IllegalStateException when the value is no number of that type
     * @throws IllegalArgumentException when {@code delta} is none
     */
    V addAndGet(V delta);
}
