package io.condatis.structure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * A field of a {@link Structure}: where it lies, how many elements it has, and where that is in memory now.
 *
 * <p>It keeps its address itself, and keeps it 0 while it may not be used, so that an operation on it is one test and
 * one load or store. In exchange a structure tells each of its fields when it moves and when its memory is closed. A
 * thread that has read the address just before still reaches memory that is mapped, since the structure keeps it so.
 */
abstract sealed class Field permits IntField, LongField, FloatField, DoubleField, BooleanField, CharField {
    private static final VarHandle FAST_ADDRESS;

    static {
        try {
            FAST_ADDRESS = MethodHandles.lookup().findVarHandle(Field.class, "fastAddress", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Structure owner;
    private final int offset;
    private final int length;
    private final int elementSize;
    private final boolean fast;

    /**
     * Of the first element; 0 while not known to be usable, and in fields that must look at their type first. Read opaquely,
     * so that a loop looks each time.
     */
    private long fastAddress;

    private long address;

    Field(final Structure owner, final int offset, final int length, final int elementSize, final boolean fast) {
        this.owner = owner;
        this.offset = offset;
        this.length = length;
        this.elementSize = elementSize;
        this.fast = fast;
        owner.add(this);
    }

    /** {@return where it begins in the structure, in bytes} */
    public final int offset() {
        return offset;
    }

    /** {@return the number of elements} */
    public final int length() {
        return length;
    }

    final void moveTo(final long structureAddress) {
        address = structureAddress + offset;
        fastAddress = fast ? address : 0;
    }

    /** The memory is closed: from now on the structure is asked, which throws. */
    final void close() {
        FAST_ADDRESS.setOpaque(this, 0L);
    }

    /** {@return the address of the first element, or 0: then take {@link #address()}, and mind the type} */
    final long fastAddress() {
        return (long) FAST_ADDRESS.getOpaque(this);
    }

    final long address() {
        owner.check();
        return address;
    }

    final long element(final int index) {
        owner.check();
        return address + (long) Objects.checkIndex(index, length) * elementSize;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + owner + ", offset=" + offset + ", length=" + length + "]";
    }
}
