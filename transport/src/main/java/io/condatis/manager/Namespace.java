package io.condatis.manager;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Attributes by name, in the server of a {@link Manager}: CPython's {@code Manager().Namespace()}.
 *
 * <p>Values are copies, {@code null} is allowed; managed objects are stored as references and written through. A name that
 * begins with an underscore is refused: in CPython such an attribute stays in its process. Each call is one step of the
 * server; {@link #update} stores only if nobody came between. Thread-safe. When the server dies, calls throw {@link
 * ManagerLostException}; when the namespace was deleted, {@link IllegalStateException}.
 */
public interface Namespace {
    /**
     * {@return the value of an attribute}
     *
     * @param name of it
     * @param <T> type of the value
     * @throws java.util.NoSuchElementException when there is no such attribute
     */
    <T> T get(String name);

    /**
     * {@return the value of an attribute, or another when there is none}
     *
     * @param name of the attribute
     * @param ifAbsent returned when there is none
     * @param <T> type of the value
     */
    <T> T get(String name, T ifAbsent);

    /**
     * {@return whether there is an attribute}
     *
     * @param name of it
     */
    boolean has(String name);

    /**
     * Set an attribute.
     *
     * @param name of it
     * @param value its new value
     */
    void set(String name, Object value);

    /**
     * Remove an attribute.
     *
     * @param name of it
     * @throws java.util.NoSuchElementException when there is no such attribute
     */
    void delete(String name);

    /** {@return the names of all attributes, in the order in which they were set first; a copy} */
    List<String> names();

    /**
     * Replace the value of an attribute by a function of it. Atomic; the function runs here and perhaps more than once.
     *
     * @param name of the attribute
     * @param function of the present value, {@code null} when there is no such attribute
     * @param <T> type of the value
     * @return the new value
     */
    <T> T update(String name, UnaryOperator<T> function);

    /**
     * Add to a {@code Long} in the server, in one message; an absent attribute counts as 0. Wraps on overflow.
     *
     * @param name of the attribute
     * @param delta to add
     * @return the sum
     * @throws IllegalStateException when the value is no {@code Long}
     */
    long addAndGet(String name, long delta);
}
