package io.condatis.structure;

import io.condatis.internal.os.Region;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A fixed number of structures of one class side by side in shared memory, and a cursor that moves over them.
 *
 * <pre>{@code
 * StructureArray<Point> points = shared.structureArray("points", Point::new, 1000);
 * points.at(7).x.set(1.5);
 * }</pre>
 *
 * <p>Use it for tables of records. It is for one thread, as its cursor is; {@link #another()} makes one for another
 * thread. The memory is for all threads and processes, as {@link Structure} says. Nothing allocates but making one.
 *
 * <p><b>Layout.</b> Each at a multiple of {@link Structure#size()}, as an array in C; numpy reads it by a structured
 * {@code dtype} with {@code align=True}.
 *
 * <p><b>Lifetime, blocking, crash.</b> As {@link Structure}.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Array(Point, n)}.
 *
 * @serial exclude
 * @param <T> the class of the structures
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class StructureArray<T extends Structure> implements Serializable {
    private final Region region;
    private final Supplier<T> factory;
    private final int length;
    private final T cursor;
    private final Lock lock;

    private StructureArray(
            final Region region, final Supplier<T> factory, final int length, final Lock lock, final T cursor) {
        this.region = region;
        this.factory = factory;
        this.length = length;
        this.lock = lock;
        this.cursor = cursor;
        cursor.moveTo(region, region.address());
    }

    /**
     * A view of {@code length} structures.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first in it; its address must be a multiple of {@link Structure#alignment()}
     * @param factory of the class
     * @param length number of structures, from 0
     * @param <T> the class
     * @return the view; the structures are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when address, memory or length cannot be
     */
    public static <T extends Structure> StructureArray<T> at(
            final AtomicBuffer buffer, final int offset, final Supplier<T> factory, final int length) {
        final T cursor = factory.get();
        if (length < 0 || length > Integer.MAX_VALUE / cursor.size()) {
            throw new IllegalArgumentException("length=" + length + " is not in 0.." + Integer.MAX_VALUE / cursor.size()
                    + " structures of " + cursor.size() + " bytes.");
        }
        final Region region = Region.of(buffer, offset, length * cursor.size(), cursor.alignment());
        return new StructureArray<>(region, factory, length, null, cursor);
    }

    /** {@return the number of structures; also after close} */
    public int length() {
        return length;
    }

    /**
     * Moves the cursor.
     *
     * @param index 0 to length - 1
     * @return the cursor, there until the next call
     * @throws IndexOutOfBoundsException when there is no such structure
     * @throws IllegalStateException when the memory is closed
     */
    public T at(final int index) {
        region.access().check();
        cursor.moveTo(region, region.address() + (long) Objects.checkIndex(index, length) * cursor.size());
        return cursor;
    }

    /** {@return the same memory with a cursor of its own, for another thread or a second place at once} */
    public StructureArray<T> another() {
        return new StructureArray<>(region, factory, length, lock, factory.get());
    }

    /**
     * The same memory with a lock.
     *
     * @param other a lock that all processes which use the array agree on
     * @return the view
     */
    public StructureArray<T> withLock(final Lock other) {
        return new StructureArray<>(region, factory, length, Objects.requireNonNull(other, "other"), factory.get());
    }

    /**
     * The lock that goes with this array.
     *
     * @return the same as all processes have
     * @throws IllegalStateException when it has none
     */
    public Lock lock() {
        if (lock == null) {
            throw new IllegalStateException("This is raw, it has no lock: give it one by withLock(lock).");
        }
        return lock;
    }

    @Override
    public String toString() {
        return "StructureArray[" + cursor + ", length=" + length + "]";
    }

    private Object writeReplace() throws NotSerializableException {
        return region.access().handleOf(this, cursor.getClass());
    }
}
