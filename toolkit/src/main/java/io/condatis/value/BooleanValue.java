package io.condatis.value;

import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A {@code boolean} in shared memory, with the operations of {@link java.util.concurrent.atomic.AtomicBoolean} between
 * processes as well as threads.
 *
 * <p>Use it for a flag that is looked at; to wait for one use an event of {@code io.condatis.sync}.
 *
 * <p><b>Layout.</b> One byte, 0 or 1, as {@code bool} in C; any other is read as true.
 *
 * <p><b>Threads and processes.</b> Every operation is atomic, and volatile unless the name says plain, acquire or
 * release. None allocates. Bytes beside it are left alone.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the {@code SharedObjects} or {@code SharedMemory}
 * it was made from is closed, or its object removed, each operation throws {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never, and no operation takes the {@link #lock()}: that is for sequences of them.
 *
 * <p><b>Crash.</b> A process that is killed leaves the value from before or after its operation.
 *
 * <p><b>CPython.</b> {@code multiprocessing.Value(ctypes.c_bool, x)}.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class BooleanValue implements Value {
    /** Bytes of memory that a value takes. */
    public static final int LENGTH = 1;

    private final Storage storage;
    private final Access access;
    private final long address;

    BooleanValue(final Storage storage) {
        this.storage = storage.checked(CType.Form.BOOLEAN);
        this.access = storage.access();
        this.address = storage.address();
    }

    /**
     * A view of one byte.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the value in it
     * @return the view; the value is what the memory holds
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the memory is on the Java heap
     */
    public static BooleanValue at(final AtomicBuffer buffer, final int offset) {
        return new BooleanValue(Storage.of(buffer, offset, CType.BOOLEAN, 1));
    }

    /** {@return the current value} */
    public boolean get() {
        access.check();
        return UnsafeApi.getByteVolatile(null, address) != 0;
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     */
    public void set(final boolean value) {
        access.check();
        UnsafeApi.putByteVolatile(null, address, byteOf(value));
    }

    /** {@return the value, read without ordering: for a value that no other thread or process writes now} */
    public boolean getPlain() {
        access.check();
        return UnsafeApi.getByte(null, address) != 0;
    }

    /**
     * Sets the value without ordering.
     *
     * @param value the new value
     */
    public void setPlain(final boolean value) {
        access.check();
        UnsafeApi.putByte(null, address, byteOf(value));
    }

    /** {@return the value; what its writer wrote before {@link #setRelease} is visible afterwards} */
    public boolean getAcquire() {
        access.check();
        return UnsafeApi.getByteAcquire(null, address) != 0;
    }

    /**
     * Sets the value after everything that this thread wrote before.
     *
     * @param value the new value
     */
    public void setRelease(final boolean value) {
        access.check();
        UnsafeApi.putByteRelease(null, address, byteOf(value));
    }

    /**
     * Sets the value.
     *
     * @param value the new value
     * @return the value before
     */
    public boolean getAndSet(final boolean value) {
        access.check();
        return UnsafeApi.getAndSetByte(null, address, byteOf(value)) != 0;
    }

    /**
     * Sets the value if it is as expected.
     *
     * @param expected value
     * @param value the new value
     * @return whether it was as expected
     */
    public boolean compareAndSet(final boolean expected, final boolean value) {
        access.check();
        return UnsafeApi.compareAndSetByte(null, address, byteOf(expected), byteOf(value));
    }

    static byte byteOf(final boolean value) {
        return (byte) (value ? 1 : 0);
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
    public BooleanValue raw() {
        return new BooleanValue(storage.withLock(null));
    }

    @Override
    public BooleanValue withLock(final Lock other) {
        return new BooleanValue(storage.withLock(Objects.requireNonNull(other, "other")));
    }

    @Override
    public Object boxed() {
        return get();
    }

    @Override
    public void setBoxed(final Object value) {
        set(type().toBoolean(value));
    }

    /** {@return the current value as text, or that it is closed} */
    @Override
    public String toString() {
        return access.isOpen() ? Boolean.toString(get()) : "closed";
    }

    private Object writeReplace() throws NotSerializableException {
        return storage.handleOf(this);
    }
}
