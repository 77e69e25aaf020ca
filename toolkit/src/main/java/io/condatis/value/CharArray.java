package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A fixed number of {@code char}s of C in shared memory: text of up to that many bytes, which ends at the first NUL or
 * with the array.
 *
 * <p>Use it for names and messages that programs in other languages read too.
 *
 * <p><b>Layout.</b> One byte each; numpy reads it as {@code S} and the length.
 *
 * <p><b>Threads and processes.</b> Bytes are read and written one by one, volatile: use a lock where others must not
 * see half a text.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 *
 * <p><b>Crash.</b> A process that is killed leaves each element from before or after its operation, never between; an
 * operation on several may have done some of them.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Array('c', n)}: {@link #value()} and {@link #rawValue()} are its
 * {@code value} and {@code raw}.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class CharArray implements Array {
    private final Storage storage;
    private final Access access;
    private final long address;
    private final int length;

    CharArray(final Storage storage) {
        this.storage = storage;
        this.access = storage.access();
        this.address = storage.address();
        this.length = storage.length();
    }

    /**
     * A view of {@code length} bytes.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the first element in it
     * @param length number of bytes, from 0
     * @return the view; the bytes are what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the memory is on the Java heap, or the length cannot be
     */
    public static CharArray at(final AtomicBuffer buffer, final int offset, final int length) {
        return new CharArray(Storage.of(buffer, offset, CType.CHAR, length));
    }

    /** {@return the number of bytes; also after close} */
    @Override
    public int length() {
        return length;
    }

    /**
     * Reads a byte.
     *
     * @param index 0 to length - 1
     * @return the byte
     * @throws IndexOutOfBoundsException when there is no such element, as in all methods here
     */
    public byte get(final int index) {
        return UnsafeApi.getByteVolatile(null, element(index));
    }

    /**
     * Sets a byte.
     *
     * @param index 0 to length - 1
     * @param value the new value
     */
    public void set(final int index, final byte value) {
        UnsafeApi.putByteVolatile(null, element(index), value);
    }

    /** {@return the bytes before the first NUL, or all} */
    public byte[] value() {
        final byte[] all = rawValue();
        int end = 0;
        while (end < all.length && all[end] != 0) {
            end++;
        }
        return Arrays.copyOf(all, end);
    }

    /**
     * Sets the first bytes, and a NUL behind them if they do not fill the array; what is behind that stays.
     *
     * @param bytes at most {@link #length()} of them
     * @throws IllegalArgumentException when there are more
     */
    public void setValue(final byte[] bytes) {
        setRawValue(bytes);
        if (bytes.length < length) {
            set(bytes.length, (byte) 0);
        }
    }

    /** {@return all bytes, those behind a NUL too} */
    public byte[] rawValue() {
        final byte[] copy = new byte[length];
        getAll(0, copy, 0, length);
        return copy;
    }

    /**
     * Sets the first bytes and leaves the others.
     *
     * @param bytes at most {@link #length()} of them
     * @throws IllegalArgumentException when there are more
     */
    public void setRawValue(final byte[] bytes) {
        if (bytes.length > length) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are too many for an array of " + length + ": make it longer.");
        }
        setAll(0, bytes, 0, bytes.length);
    }

    /** {@return the {@link #value()} as text in UTF-8} */
    public String text() {
        return new String(value(), StandardCharsets.UTF_8);
    }

    /**
     * Sets the {@link #value()}.
     *
     * @param text of at most {@link #length()} bytes in UTF-8
     * @throws IllegalArgumentException when it is longer
     */
    public void setText(final String text) {
        setValue(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sets all elements, one after the other.
     *
     * @param value the new value of each
     */
    public void fill(final byte value) {
        for (int i = 0; i < length; i++) {
            set(i, value);
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
    public void getAll(final int index, final byte[] target, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, target.length);
        for (int i = 0; i < count; i++) {
            target[from + i] = get(index + i);
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
    public void setAll(final int index, final byte[] source, final int from, final int count) {
        access.check();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, source.length);
        for (int i = 0; i < count; i++) {
            set(index + i, source[from + i]);
        }
    }

    @Override
    public void setBoxed(final int index, final Object value) {
        set(index, (byte) type().toLong(value));
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
    public CharArray raw() {
        return new CharArray(storage.withLock(null));
    }

    @Override
    public CharArray withLock(final Lock other) {
        return new CharArray(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public CharArray slice(final int from, final int to) {
        return new CharArray(storage.slice(from, to));
    }

    @Override
    public Object boxed(final int index) {
        return get(index);
    }

    /** {@return a copy of all bytes} */
    @Override
    public byte[] toArray() {
        return rawValue();
    }

    /** What it is, not what it holds. */
    @Override
    public String toString() {
        return storage.describe("CharArray");
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
