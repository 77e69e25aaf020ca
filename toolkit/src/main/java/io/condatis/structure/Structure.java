package io.condatis.structure;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.Region;
import io.condatis.value.CType;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A record of several fields in shared memory, at the offsets that a C compiler on 64-bit Linux gives them.
 *
 * <pre>{@code
 * final class Point extends Structure {
 *     final DoubleField x = doubleField();
 *     final DoubleField y = doubleField();
 *     final CharField name = charField(16);
 * }
 *
 * Point point = shared.structure("origin", Point::new);
 * point.x.set(1.5);
 * }</pre>
 *
 * <p>Use it for what belongs together, and for what programs in C, or Python with {@code ctypes} and numpy, read too.
 *
 * <p><b>Layout.</b> Fields in the order in which they are declared, each at the next multiple of its alignment; the
 * size is a multiple of the largest alignment. Nothing else: no header.
 *
 * <p><b>Threads and processes.</b> The object is a cursor for one thread; the memory is for all. {@code get} and
 * {@code set} of a field are plain: use the {@link #lock()}, a {@link Snapshot}, or the volatile and atomic
 * operations of the fields. No operation allocates.
 *
 * <p><b>Lifetime.</b> A view: it owns nothing and is not closed. When the memory is closed each operation throws
 * {@link IllegalStateException}.
 *
 * <p><b>Blocking.</b> Never; no operation takes the lock by itself.
 *
 * <p><b>Crash.</b> A process that is killed leaves each field from before or after its operation.
 *
 * <p><b>Serialisation.</b> As a handle, if it has a name in shared objects; its class needs a constructor without
 * arguments for that. Nothing of the class itself is written, so suppress what {@code javac -Xlint:serial} says of it.
 *
 * <p><b>CPython.</b> {@code ctypes.Structure}.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public abstract class Structure implements Serializable {
    private static final Access NOWHERE = new Access("A structure that was not put on memory");

    static {
        NOWHERE.close();
    }

    private final List<Field> fields = new ArrayList<>();
    private final List<Nested> nested = new ArrayList<>();
    private final StringBuilder layout = new StringBuilder();
    private final Runnable closing = this::closeFields;
    private int end;
    private int alignment = 1;
    private boolean complete;

    /** {@link #fields} when all are declared, as an array, since a cursor goes through them at each step. */
    private Field[] moving = {};

    private Region region;

    /** Whether it was put where an object of this kind begins, not moved to a place among others. */
    private boolean whole;

    private Lock lock;
    private Access access = NOWHERE;
    private long address;

    /** For a class whose Java fields are its fields. */
    protected Structure() {}

    /** What moves with this structure. */
    interface Nested {
        void moveTo(Region region, long outerAddress);
    }

    final void add(final Field field) {
        fields.add(field);
    }

    /** {@return a field of {@code int}} */
    protected final IntField intField() {
        return intField(CType.INT);
    }

    /**
     * A field of an integer that is an {@code int} in Java.
     *
     * @param type one of b B h H i c u
     * @return the field
     */
    protected final IntField intField(final CType type) {
        return intField(type, 1);
    }

    /**
     * A field of several integers.
     *
     * @param type one of b B h H i c u
     * @param length number of them, from 1
     * @return the field
     */
    protected final IntField intField(final CType type, final int length) {
        require(type.isInt(), type, "longField, floatField, doubleField or booleanField");
        return new IntField(this, reserve(type, length), type, length);
    }

    /** {@return a field of {@code long long}} */
    protected final LongField longField() {
        return longField(CType.LONG_LONG);
    }

    /**
     * A field of an integer that is a {@code long} in Java.
     *
     * @param type one of l L q Q I
     * @return the field
     */
    protected final LongField longField(final CType type) {
        return longField(type, 1);
    }

    /**
     * A field of several integers.
     *
     * @param type one of l L q Q I
     * @param length number of them, from 1
     * @return the field
     */
    protected final LongField longField(final CType type, final int length) {
        require(type.isLong(), type, "intField, floatField, doubleField or booleanField");
        return new LongField(this, reserve(type, length), type, length);
    }

    /** {@return a field of {@code float}} */
    protected final FloatField floatField() {
        return floatField(1);
    }

    /**
     * A field of several {@code float}s.
     *
     * @param length number of them, from 1
     * @return the field
     */
    protected final FloatField floatField(final int length) {
        return new FloatField(this, reserve(CType.FLOAT, length), length);
    }

    /** {@return a field of {@code double}} */
    protected final DoubleField doubleField() {
        return doubleField(1);
    }

    /**
     * A field of several {@code double}s.
     *
     * @param length number of them, from 1
     * @return the field
     */
    protected final DoubleField doubleField(final int length) {
        return new DoubleField(this, reserve(CType.DOUBLE, length), length);
    }

    /** {@return a field of {@code bool}} */
    protected final BooleanField booleanField() {
        return booleanField(1);
    }

    /**
     * A field of several {@code bool}s.
     *
     * @param length number of them, from 1
     * @return the field
     */
    protected final BooleanField booleanField(final int length) {
        return new BooleanField(this, reserve(CType.BOOLEAN, length), length);
    }

    /**
     * A field of text.
     *
     * @param length number of bytes, from 1
     * @return the field
     */
    protected final CharField charField(final int length) {
        return new CharField(this, reserve(CType.CHAR, length), length);
    }

    /**
     * A structure inside of this one, which moves with it.
     *
     * @param inner a new one
     * @param <T> its class
     * @return the same
     */
    protected final <T extends Structure> T structureField(final T inner) {
        final int offset = reserve(inner, 1);
        nested.add((outer, outerAddress) -> inner.moveTo(outer, outerAddress + offset));
        return inner;
    }

    /**
     * Several structures of one class inside of this one.
     *
     * @param factory of the class
     * @param length number of them, from 1
     * @param <T> the class
     * @return the field, whose one cursor moves over them
     */
    protected final <T extends Structure> StructureField<T> structureField(
            final Supplier<T> factory, final int length) {
        final T cursor = factory.get();
        final StructureField<T> field = new StructureField<>(this, reserve(cursor, length), cursor, length);
        nested.add(field::moveTo);
        return field;
    }

    private static void require(final boolean fits, final CType type, final String instead) {
        if (!fits) {
            throw new IllegalArgumentException(type + " is another type in Java: declare it by " + instead + ".");
        }
    }

    private int reserve(final CType type, final int length) {
        return reserve(type.size(), type.alignment(), length, String.valueOf(type.code()));
    }

    private int reserve(final Structure inner, final int length) {
        inner.complete = true;
        return reserve(inner.size(), inner.alignment, length, "{" + inner.layout + "}");
    }

    private int reserve(final int size, final int fieldAlignment, final int length, final String description) {
        if (complete) {
            throw new IllegalStateException(getClass().getName() + " is complete: declare fields in the class itself.");
        }
        if (length < 1 || (long) length * size > Integer.MAX_VALUE / 2 - end) {
            throw new IllegalArgumentException(
                    "length=" + length + ": a field has at least one element, and a structure" + " less than 1 GiB.");
        }
        final int offset = BitUtil.align(end, fieldAlignment);
        end = offset + length * size;
        alignment = Math.max(alignment, fieldAlignment);
        layout.append(description).append(length == 1 ? "" : "*" + length).append(';');
        return offset;
    }

    /** {@return the number of bytes, as {@code sizeof} in C; at least 1} */
    public final int size() {
        return Math.max(BitUtil.align(end, alignment), 1);
    }

    /** {@return what divides its address} */
    public final int alignment() {
        return alignment;
    }

    /** {@return a checksum over the types of the fields, by which processes notice that their classes differ} */
    public final int layoutChecksum() {
        final CRC32 checksum = new CRC32();
        checksum.update(layout.toString().getBytes(StandardCharsets.US_ASCII));
        return (int) checksum.getValue();
    }

    /**
     * Puts this structure on memory. That is done once in its life: make another for other memory.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the structure in it; its address must be a multiple of {@link #alignment()}
     * @throws IllegalStateException when it is on memory already
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, or the memory on the Java heap
     */
    public final void wrap(final AtomicBuffer buffer, final int offset) {
        final Region place = Region.of(buffer, offset, size(), alignment);
        moveTo(place, place.address());
        whole = offset == 0;
    }

    /**
     * Gives this structure the lock that goes with it.
     *
     * @param other a lock that all processes which use the structure agree on
     */
    public final void useLock(final Lock other) {
        lock = Objects.requireNonNull(other, "other");
    }

    /**
     * The lock that goes with this structure, for those who change several fields.
     *
     * @return the same as all processes have
     * @throws IllegalStateException when it has none
     */
    public final Lock lock() {
        if (lock == null) {
            throw new IllegalStateException("This structure is raw, it has no lock: give it one by useLock(lock).");
        }
        return lock;
    }

    /**
     * Copies all fields, one after the other.
     *
     * @param source a structure of the same fields
     * @throws IllegalArgumentException when it has others
     */
    public final void copyFrom(final Structure source) {
        if (source.layoutChecksum() != layoutChecksum()) {
            throw new IllegalArgumentException(
                    source.getClass().getName() + " and " + getClass().getName() + " have different fields.");
        }
        UnsafeApi.copyMemory(source.addressOf(0), addressOf(0), size());
        Reference.reachabilityFence(source); // keeps the memory mapped until here
        Reference.reachabilityFence(this);
    }

    /** Sets all bytes to zero. */
    public final void clear() {
        UnsafeApi.setMemory(addressOf(0), size(), (byte) 0);
    }

    /** Goes to another place of the same memory; to memory at all, once. */
    final void moveTo(final Region place, final long newAddress) {
        if (region != null && region != place) {
            throw new IllegalStateException("This structure is on other memory already: make another one.");
        }
        if (region == null) {
            complete = true;
            moving = fields.toArray(Field[]::new);
        }
        address = newAddress;
        for (final Field field : moving) {
            field.moveTo(newAddress);
        }
        if (!nested.isEmpty()) {
            moveNested(place, newAddress);
        }
        if (region == null) {
            settle(place);
        } else if (!access.isOpen()) {
            closeFields();
        }
    }

    private void moveNested(final Region place, final long newAddress) {
        for (int i = 0; i < nested.size(); i++) {
            nested.get(i).moveTo(place, newAddress);
        }
    }

    /** Who sees that the memory is open must not see an address from before. */
    private void settle(final Region place) {
        region = place;
        VarHandle.releaseFence();
        access = place.access();
        access.whenClosed(closing);
    }

    private void closeFields() {
        for (final Field field : moving) {
            field.close();
        }
    }

    /** Fails when the memory cannot be used. */
    final void check() {
        access.check();
    }

    /** The address of a place in this structure. */
    final long addressOf(final int offset) {
        access.check();
        return address + offset;
    }

    /**
     * What is serialised: a handle.
     *
     * @return the handle
     * @throws NotSerializableException when it has no name of its own, or nobody else could make one
     */
    protected final Object writeReplace() throws NotSerializableException {
        if (!whole) {
            throw Access.partial(this);
        }
        return access.handleOf(this);
    }

    /** What it is, not what it holds. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[size=" + size() + (access.isOpen() ? "]" : ", closed]");
    }
}
