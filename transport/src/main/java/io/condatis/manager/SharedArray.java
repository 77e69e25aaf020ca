package io.condatis.manager;

import io.condatis.value.CType;
import java.util.function.UnaryOperator;

/**
 * A fixed number of elements of one type of C, in the server of a {@link Manager}: CPython's {@code Manager().Array()}, with
 * the atomic operations that CPython lacks.
 *
 * <p>Unlike an array in {@code SharedObjects} it checks what is set: a number outside the type's range, or a fraction for an
 * integer type, is refused with an {@link IllegalArgumentException} and nothing is changed. Only {@link #addAndGet} wraps.
 *
 * <p>Each call is one step of the server; what moves more than 1 MiB is several. Indexes are from 0 to length - 1, all
 * others throw {@link IndexOutOfBoundsException}. Thread-safe. When the server dies, calls throw {@link
 * ManagerLostException}; when the array was deleted, {@link IllegalStateException}.
 */
public interface SharedArray extends Iterable<Object> {
    /** {@return the type of an element in C} */
    CType type();

    /** {@return the number of elements} */
    int length();

    /**
     * {@return an element: an Integer, Long, Float, Double or Boolean, as {@link CType} says; of L and Q a Long of the same
     * bits}
     *
     * @param index of it
     */
    Object get(int index);

    /**
     * Set an element.
     *
     * @param index of it
     * @param value an integer for integer types, for characters also a Character; any number for floating types; a Boolean
     *     for booleans
     */
    void set(int index, Object value);

    /**
     * {@return an element of an integer type}
     *
     * @param index of it
     * @throws IllegalStateException when the type is no integer
     */
    long getLong(int index);

    /**
     * Set an element of an integer type.
     *
     * @param index of it
     * @param value within the type's range
     * @throws IllegalStateException when the type is no integer
     */
    void setLong(int index, long value);

    /**
     * {@return an element of a floating type}
     *
     * @param index of it
     * @throws IllegalStateException when the type is not floating
     */
    double getDouble(int index);

    /**
     * Set an element of a floating type.
     *
     * @param index of it
     * @param value any
     * @throws IllegalStateException when the type is not floating
     */
    void setDouble(int index, double value);

    /**
     * Add to an element of an integer type in the server, in one message; wraps as in C.
     *
     * @param index of it
     * @param delta to add
     * @return the sum
     * @throws IllegalStateException when the type is no integer
     */
    long addAndGet(int index, long delta);

    /**
     * Add to an element of a floating type in the server, in one message.
     *
     * @param index of it
     * @param delta to add
     * @return the sum
     * @throws IllegalStateException when the type is not floating
     */
    double addAndGet(int index, double delta);

    /**
     * Set an element if it is as expected. Atomic.
     *
     * @param index of it
     * @param expected value
     * @param value the new one
     * @return whether it was as expected
     */
    boolean compareAndSet(int index, Object expected, Object value);

    /**
     * Replace an element by a function of it. Atomic; the function runs here and perhaps more than once.
     *
     * @param index of it
     * @param function of the present value
     * @return the new value
     */
    Object updateAndGet(int index, UnaryOperator<Object> function);

    /**
     * Set many elements; all are checked before the first is set.
     *
     * @param from index of the first
     * @param elements a Java array, of primitives or objects, or a collection
     */
    void setAll(int from, Object elements);

    /** {@return a copy of all elements: an int[], long[], float[], double[] or boolean[]} */
    Object toArray();

    /**
     * {@return a copy of some elements: an int[], long[], float[], double[] or boolean[]}
     *
     * @param from index of the first
     * @param to index behind the last
     */
    Object toArray(int from, int to);
}
