package io.condatis.value;

import java.io.Serializable;
import java.util.concurrent.locks.Lock;
import org.agrona.concurrent.AtomicBuffer;

/**
 * One number, character or boolean of C in shared memory: an {@link IntValue}, {@link LongValue}, {@link FloatValue},
 * {@link DoubleValue} or {@link BooleanValue}, which have the atomic operations.
 *
 * <p>What the operations do is atomic without a lock. The {@link #lock()} that goes with a value is for those who
 * change it in several steps, or together with something else; it binds those who take it, and no operation takes it
 * by itself.
 *
 * <p>What comes from shared objects is serialised as a handle: it finds the same memory wherever it is read. A slice, or
 * a view of memory that has no name, cannot be serialised.
 */
public sealed interface Value extends Serializable permits IntValue, LongValue, FloatValue, DoubleValue, BooleanValue {
    /**
     * A view of a value of any type.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the value in it; its address must be a multiple of the type's size
     * @param type of the value
     * @return the view, raw; the value is what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, or the memory on the Java heap
     */
    static Value at(final AtomicBuffer buffer, final int offset, final CType type) {
        final Storage storage = Storage.of(buffer, offset, type, 1);
        switch (type.form()) {
            case INT:
                return new IntValue(storage);
            case LONG:
                return new LongValue(storage);
            case FLOAT:
                return new FloatValue(storage);
            case DOUBLE:
                return new DoubleValue(storage);
            default:
                return new BooleanValue(storage);
        }
    }

    /** {@return the type in C; also after close} */
    CType type();

    /** {@return the value as Integer, Long, Float, Double or Boolean} */
    Object boxed();

    /**
     * Sets a value of whatever type. Integers wrap as in C.
     *
     * @param value an integer where {@link #type()} is one, for characters also a {@code Character}; any number for a
     *     float or double; a boolean or a number for a boolean
     * @throws IllegalArgumentException when it is another, a fraction for an integer above all
     */
    void setBoxed(Object value);

    /**
     * The lock that goes with the value.
     *
     * @return the same as all processes have
     * @throws IllegalStateException when the value is raw
     */
    Lock lock();

    /** {@return the same memory without a lock} */
    Value raw();

    /**
     * The same memory with a lock.
     *
     * @param other a lock that all processes which use the value agree on, perhaps for several values
     * @return the view
     */
    Value withLock(Lock other);

    /**
     * Makes a raw value of the same type and content.
     *
     * @param store where, such as {@code SharedObjects}
     * @param name that nothing has there yet; otherwise what has it is returned as it is
     * @param <V> the type of this value
     * @return the copy
     */
    default <V extends Value> V copyTo(final ValueStore store, final String name) {
        return store.rawValue(name, type(), boxed());
    }
}
