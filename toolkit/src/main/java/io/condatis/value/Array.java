package io.condatis.value;

import java.io.Serializable;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A fixed number of elements of one type of C, side by side in shared memory: an {@link IntArray}, {@link LongArray},
 * {@link FloatArray}, {@link DoubleArray}, {@link BooleanArray} or {@link CharArray}, which have the operations.
 *
 * <p>What they do to one element is atomic without a lock. The {@link #lock()} that goes with an array is for those who
 * need more; it binds those who take it, and no operation takes it by itself.
 *
 * <p>What comes from shared objects is serialised as a handle: it finds the same memory wherever it is read. A slice, or
 * a view of memory that has no name, cannot be serialised.
 */
public sealed interface Array extends Serializable
        permits IntArray, LongArray, FloatArray, DoubleArray, BooleanArray, CharArray {
    /**
     * A view of an array of any type.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it; its address must be a multiple of the type's size
     * @param type of the elements; {@link CType#CHAR} makes a {@link CharArray}
     * @param length number of elements, from 0
     * @return the view, raw; the elements are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, the memory on the Java heap, or the length
     *     cannot be
     */
    static Array at(final AtomicBuffer buffer, final int offset, final CType type, final int length) {
        final Storage storage = Storage.of(buffer, offset, type, length);
        if (type == CType.CHAR) {
            return new CharArray(storage);
        }
        switch (type.form()) {
            case INT:
                return new IntArray(storage);
            case LONG:
                return new LongArray(storage);
            case FLOAT:
                return new FloatArray(storage);
            case DOUBLE:
                return new DoubleArray(storage);
            default:
                return new BooleanArray(storage);
        }
    }

    /** {@return the type of an element in C; also after close} */
    CType type();

    /** {@return the number of elements; also after close} */
    int length();

    /**
     * Reads an element of whatever type.
     *
     * @param index 0 to length - 1
     * @return the element as Integer, Long, Float, Double, Boolean or, of characters, Byte
     */
    Object boxed(int index);

    /**
     * Sets an element of whatever type, by the rules of {@link Value#setBoxed}.
     *
     * @param index 0 to length - 1
     * @param value the new value
     * @throws IllegalArgumentException when it is of another type, a fraction for an integer above all
     */
    void setBoxed(int index, Object value);

    /**
     * Sets elements of whatever type, one after the other.
     *
     * @param index of the first
     * @param elements a Java array, of primitives or objects, or a collection
     * @throws IllegalArgumentException when it is something else, or one of them is of another type
     * @throws IndexOutOfBoundsException when there are more than fit
     */
    default void setAllBoxed(final int index, final Object elements) {
        final Object list = elements instanceof Collection ? ((Collection<?>) elements).toArray() : elements;
        final int count = java.lang.reflect.Array.getLength(list);
        Objects.checkFromIndexSize(index, count, length());
        for (int i = 0; i < count; i++) {
            setBoxed(index + i, java.lang.reflect.Array.get(list, i));
        }
    }

    /** {@return a copy of all elements as a Java array of primitives} */
    Object toArray();

    /**
     * Copies every step-th element, one after the other: CPython's {@code a[from:to:step]}.
     *
     * @param from index of the first
     * @param to where it ends: the first index that is not copied, -1 when it goes down to the first element
     * @param step not 0; negative to go down
     * @return a Java array of primitives, empty when there is nothing between
     * @throws IndexOutOfBoundsException when an element is outside of the array; nothing is cut off silently
     */
    default Object toArray(final int from, final int to, final int step) {
        final int count = Steps.count(from, to, step, length());
        final Object copy = java.lang.reflect.Array.newInstance(
                slice(0, 0).toArray().getClass().getComponentType(), count);
        for (int i = 0; i < count; i++) {
            java.lang.reflect.Array.set(copy, i, boxed(from + i * step));
        }
        return copy;
    }

    /**
     * Sets every step-th element, one after the other: CPython's {@code a[from:to:step] = elements}.
     *
     * @param from index of the first
     * @param to where it ends, as in {@link #toArray(int, int, int)}
     * @param step not 0; negative to go down
     * @param elements a Java array, of primitives or objects, or a collection
     * @throws IllegalArgumentException when there are not exactly as many elements as places, and nothing is set; or
     *     when one of them is of another type
     * @throws IndexOutOfBoundsException when an element is outside of the array
     */
    default void setAllBoxed(final int from, final int to, final int step, final Object elements) {
        final int count = Steps.count(from, to, step, length());
        final Object list = elements instanceof Collection ? ((Collection<?>) elements).toArray() : elements;
        final int given = java.lang.reflect.Array.getLength(list);
        if (given != count) {
            throw new IllegalArgumentException("There are " + given + " elements for " + count + " places: from=" + from
                    + " to=" + to + " step=" + step + ".");
        }
        for (int i = 0; i < count; i++) {
            setBoxed(from + i * step, java.lang.reflect.Array.get(list, i));
        }
    }

    /**
     * Some of the elements: the same memory, not a copy.
     *
     * @param from index of the first
     * @param to index behind the last
     * @return the view, with the same lock if any
     */
    Array slice(int from, int to);

    /**
     * The lock that goes with the array.
     *
     * @return the same as all processes have
     * @throws IllegalStateException when the array is raw
     */
    Lock lock();

    /** {@return the same memory without a lock} */
    Array raw();

    /**
     * The same memory with a lock.
     *
     * @param other a lock that all processes which use the array agree on, perhaps for several objects
     * @return the view
     */
    Array withLock(Lock other);

    /**
     * Makes a raw array of the same type and content.
     *
     * @param store where, such as {@code SharedObjects}
     * @param name that nothing has there yet; otherwise what has it is returned as it is
     * @param <A> the type of this array
     * @return the copy
     */
    default <A extends Array> A copyTo(final ValueStore store, final String name) {
        return store.rawArray(name, type(), toArray());
    }
}
