package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A fixed number of {@code boolean}s in shared memory, between processes as well as threads.
 *
 * <p>Use it for flags by index.
 *
 * <p><b>Layout.</b> One byte each, 0 or 1, as {@code bool} in C; any other is read as true. numpy reads it as
 * {@code bool}.
 *
 * <p><b>Threads and processes.</b> Every operation on one element is atomic, and volatile unless the name says plain.
 * Neighbours are left alone. Operations on several elements are a sequence: use a lock where others must not see or
 * change the middle.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 *
 * <p><b>Crash.</b> A process that is killed leaves each element from before or after its operation, never between; an
 * operation on several may have done some of them.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Array(ctypes.c_bool, n)}.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class BooleanArray implements Array {
    private final Storage storage;
    private final Access access;
    private final long address;
    private final int length;

    BooleanArray(final Storage storage) {
        this.storage = storage.checked(CType.Form.BOOLEAN);
        this.access = storage.access();
        this.address = storage.address();
        this.length = storage.length();
    }

    /**
     * A view of {@code length} bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it
     * @param length number of elements, from 0
     * @return the view; the elements are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the memory is on the Java heap, or the length cannot be
     */
    public static BooleanArray at(final AtomicBuffer buffer, final int offset, final int length) {
        return new BooleanArray(Storage.of(buffer, offset, CType.BOOLEAN, length));
    }

    /** {@return the number of elements; also after close} */
    @Override
    public int length() {
        return length;
    }

    /**
     * Reads an element.
     *
     * @param index 0 to length - 1
     * @return its value
     * @throws IndexOutOfBoundsException when there is no such element, as in all methods here
     */
    public boolean get(final int index) {
        return UnsafeApi.getByteVolatile(null, element(index)) != 0;
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final boolean value) {
        UnsafeApi.putByteVolatile(null, element(index), BooleanValue.byteOf(value));
    }

    /**
     * Reads an element without ordering: one that no other thread or process writes now.
     *
     * @param index 0 to length - 1
     * @return its value
     */
    public boolean getPlain(final int index) {
        return UnsafeApi.getByte(null, element(index)) != 0;
    }

    /**
     * Sets an element without ordering.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void setPlain(final int index, final boolean value) {
        UnsafeApi.putByte(null, element(index), BooleanValue.byteOf(value));
    }

    /**
     * Sets an element.
     *
     * @param index 0 to length - 1
     * @param value the new value
     * @return the value before
     */
    public boolean getAndSet(final int index, final boolean value) {
        return UnsafeApi.getAndSetByte(null, element(index), BooleanValue.byteOf(value)) != 0;
    }

    /**
     * Sets an element if it is as expected.
     *
     * @param index 0 to length - 1
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final int index, final boolean expected, final boolean value) {
        return UnsafeApi.compareAndSetByte(
                null, element(index), BooleanValue.byteOf(expected), BooleanValue.byteOf(value));
    }

    /**
     * Sets all elements, one after the other.
     *
     * @param value the new value of each
     */
    public void fill(final boolean value) {
        for (int i = 0; i < length; i++) {
            setPlain(i, value);
        }
    }

    /**
     * Copies elements out, one after the other.
     *
     * @param index of the first element
     * @param target where they go
     * @param from index of the first in {@code target}
     * @param count number of elements
     */
    public void getAll(final int index, final boolean[] target, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, target.length);
        for (int i = 0; i < count; i++) {
            target[from + i] = getPlain(index + i);
        }
    }

    /**
     * Copies elements in, one after the other.
     *
     * @param index of the first element
     * @param source where they come from
     * @param from index of the first in {@code source}
     * @param count number of elements
     */
    public void setAll(final int index, final boolean[] source, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, source.length);
        for (int i = 0; i < count; i++) {
            setPlain(index + i, source[from + i]);
        }
    }

    @Override
    public void setBoxed(final int index, final Object value) {
        set(index, type().toBoolean(value));
    }

    private long element(final int index) {
        access.check();
        return address + Storage.checkIndex(index, length);
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
    public BooleanArray raw() {
        return new BooleanArray(storage.withLock(null));
    }

    @Override
    public BooleanArray withLock(final Lock other) {
        return new BooleanArray(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public BooleanArray slice(final int from, final int to) {
        return new BooleanArray(storage.slice(from, to));
    }

    @Override
    public Object boxed(final int index) {
        return get(index);
    }

    /** {@return a copy of all elements} */
    @Override
    public boolean[] toArray() {
        final boolean[] copy = new boolean[length];
        getAll(0, copy, 0, length);
        return copy;
    }

    /** What it is, not what it holds. */
    @Override
    public String toString() {
        return storage.describe("BooleanArray");
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
