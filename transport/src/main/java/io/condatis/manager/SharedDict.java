package io.condatis.manager;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * A map in the server of a {@link Manager}. CPython's {@code Manager().dict()}, as a whole {@link ConcurrentMap} and with the
 * atomic operations that CPython lacks.
 *
 * <p><b>Copies.</b> Keys and values are copies: changing an object after it was put, or one that was read, changes nothing
 * here, so {@code dict.get("k").add(x)} on a plain list is lost. Put the changed object back, use {@link #compute}, or store
 * a managed list, which is written through.
 *
 * <p><b>Keys</b> are equal when their bytes are: use text, numbers, UUIDs, enums, or records of these. An {@code int} is
 * another key than a {@code long}. {@code null} is neither a key nor a value. What cannot be serialised is not found and
 * cannot be put.
 *
 * <p><b>Atomicity.</b> Each call is one step of the server, and nobody sees the middle of it. {@code compute}, {@code merge},
 * {@code replace(key, old, new)} and the like read, run their function here, and store only if nobody came between, else
 * they begin again: they are atomic, take two messages when nobody interferes, and may run their function more than once.
 * {@link #putAll}, {@link #getAll} and {@link #removeAll} are one step for each 1 MiB of entries; nothing is sent when one
 * cannot be written.
 *
 * <p><b>Iteration</b> is in the order of insertion, a page at a time, and weakly consistent: an entry that is there all the
 * time is shown once.
 *
 * <p>Thread-safe. When the server dies, calls throw {@link ManagerLostException}; when the dict was deleted, {@link
 * IllegalStateException}.
 *
 * @param <K> keys
 * @param <V> values
 */
public interface SharedDict<K, V> extends ConcurrentMap<K, V> {
    /**
     * Look many keys up.
     *
     * @param keys to look up
     * @return those that are present with their values, in the order of {@code keys}; a copy
     */
    Map<K, V> getAll(Collection<? extends K> keys);

    /**
     * Remove many keys.
     *
     * @param keys to remove
     * @return how many were present
     */
    long removeAll(Collection<? extends K> keys);

    /**
     * Replace the value of a key by a function of it. Atomic; the function runs here and perhaps more than once.
     *
     * @param key to change
     * @param function of the present value, {@code null} when there is none; a result of {@code null} removes the key
     * @return the new value
     */
    V update(K key, UnaryOperator<V> function);

    /** {@return the entry that was added first, which is removed; null when there is none} Atomic. */
    Map.Entry<K, V> pollFirstEntry();

    /** {@return the entry that was added last, which is removed; null when there is none} Atomic: Python's popitem(). */
    Map.Entry<K, V> pollLastEntry();

    /**
     * Read an integer without making an object; nor does it make garbage when the key is ASCII text.
     *
     * @param key to look up
     * @param ifAbsent to be returned when the key is absent
     * @return the value
     * @throws ClassCastException when the value is no Long, Integer, Short or Byte
     */
    long getLong(K key, long ifAbsent);

    /**
     * Store a {@code Long} without making an object; nor does it make garbage when the key is ASCII text.
     *
     * @param key to store it under
     * @param value to store
     */
    void putLong(K key, long value);

    /**
     * Add to a {@code Long} in the server, in one message; an absent key counts as 0. Wraps on overflow.
     *
     * @param key to change
     * @param delta to add
     * @return the sum
     * @throws IllegalStateException when the value is no {@code Long}
     */
    long addAndGet(K key, long delta);
}
