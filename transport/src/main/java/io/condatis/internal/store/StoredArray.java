package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An array: a fixed number of elements of one type of C, side by side, little endian. Nothing ever waits for it. */
final class StoredArray implements PassiveObject {
    private final Core core;
    private final int id;
    private final long argument;
    private final int elementSize;
    private final boolean isFloating;
    private final byte[] bytes;
    private final UnsafeBuffer elements;
    private boolean wasSet;

    StoredArray(final Core core, final int id, final long argument) {
        this.core = core;
        this.id = id;
        this.argument = argument;
        elementSize = elementSize(typeCode(argument));
        isFloating = typeCode(argument) == 'f' || typeCode(argument) == 'd';
        bytes = new byte[length(argument) * elementSize];
        elements = new UnsafeBuffer(bytes);
        core.budget.use(cost(argument));
    }

    /** {@return the type's code, as its Open said} */
    static int typeCode(final long argument) {
        return (int) (argument >>> Integer.SIZE);
    }

    /** {@return the number of elements, as its Open said} */
    static int length(final long argument) {
        return (int) argument;
    }

    /** {@return bytes of an element of a type of C on 64-bit Linux, 0 when there is no such type} */
    static int elementSize(final int typeCode) {
        return switch (typeCode) {
            case 'b', 'B', 'c', '?' -> 1;
            case 'h', 'H' -> BitUtil.SIZE_OF_SHORT;
            case 'i', 'I', 'f', 'u' -> BitUtil.SIZE_OF_INT;
            case 'l', 'L', 'q', 'Q', 'd' -> BitUtil.SIZE_OF_LONG;
            default -> 0;
        };
    }

    static long cost(final long argument) {
        return (long) length(argument) * elementSize(typeCode(argument)) + StoreLimits.OVERHEAD_BYTES;
    }

    int length() {
        return length(argument);
    }

    int elementSize() {
        return elementSize;
    }

    /** {@return whether an element was ever set} */
    boolean wasSet() {
        return wasSet;
    }

    /** {@return all elements; not to be written} */
    DirectBuffer elements() {
        return elements;
    }

    boolean hasAt(final int from, final DirectBuffer expected) {
        return ByteContent.equal(bytes, from * elementSize, expected.capacity(), expected, 0, expected.capacity());
    }

    void set(final int from, final DirectBuffer source) {
        source.getBytes(0, bytes, from * elementSize, source.capacity());
        wasSet = true;
    }

    /** Add to an element; integers wrap. */
    void add(final int index, final long operand) {
        final int at = index * elementSize;
        final ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        wasSet = true;
        switch (elementSize) {
            case 1 -> elements.putByte(at, (byte) (elements.getByte(at) + operand));
            case BitUtil.SIZE_OF_SHORT ->
                elements.putShort(at, (short) (elements.getShort(at, order) + operand), order);
            case BitUtil.SIZE_OF_INT -> {
                if (isFloating) {
                    final double sum = elements.getFloat(at, order) + Double.longBitsToDouble(operand);
                    elements.putFloat(at, (float) sum, order);
                } else {
                    elements.putInt(at, (int) (elements.getInt(at, order) + operand), order);
                }
            }
            default -> {
                if (isFloating) {
                    elements.putDouble(at, elements.getDouble(at, order) + Double.longBitsToDouble(operand), order);
                } else {
                    elements.putLong(at, elements.getLong(at, order) + operand, order);
                }
            }
        }
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Kind kind() {
        return Kind.ARRAY;
    }

    @Override
    public long argument() {
        return argument;
    }

    @Override
    public void delete() {
        core.budget.use(-cost(argument));
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putBoolean(wasSet);
        out.putBytes(bytes);
    }

    void load(final SnapshotReader in) {
        wasSet = in.takeBoolean();
        final byte[] saved = in.takeBytes();
        System.arraycopy(saved, 0, bytes, 0, Math.min(bytes.length, saved.length));
    }
}
