package io.condatis.internal.os;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A piece of off-heap memory whose address is computed and checked once, so that what lives in it can be reached by one
 * load or store. It keeps the memory mapped for as long as it is reachable; whether the memory may still be used is
 * {@link #access()}'s to say, before each operation.
 */
public final class Region {
    private final Access access;
    private final UnsafeBuffer memory;
    private final long address;

    private Region(final Access access, final UnsafeBuffer memory) {
        this.access = access;
        this.memory = memory;
        this.address = memory.addressOffset();
    }

    /**
     * A piece of a buffer.
     *
     * @param buffer off-heap memory
     * @param offset of the first byte in it
     * @param lengthBytes of the piece
     * @param alignment a power of two that must divide the address
     * @return the piece
     * @throws IllegalStateException when the buffer is closed
     * @throws IndexOutOfBoundsException when the piece lies outside of the buffer
     * @throws IllegalArgumentException when the address is not aligned or the memory is on the heap
     */
    public static Region of(final DirectBuffer buffer, final int offset, final int lengthBytes, final int alignment) {
        if (buffer.byteArray() != null) {
            throw new IllegalArgumentException("Objects in shared memory need a buffer outside of the Java heap.");
        }
        final UnsafeBuffer window = Access.window(buffer, offset, lengthBytes);
        if ((window.addressOffset() & (alignment - 1)) != 0) {
            throw new IllegalArgumentException("offset=" + offset + " is not at an address that is a multiple of "
                    + alignment + ", which atomic operations need.");
        }
        return new Region(Access.of(buffer), window);
    }

    /**
     * A piece of this piece.
     *
     * @param offset of its first byte in this one
     * @param lengthBytes of it
     * @return the piece, with the same access
     * @throws IndexOutOfBoundsException when it lies outside
     */
    public Region part(final int offset, final int lengthBytes) {
        memory.boundsCheck(offset, lengthBytes);
        return new Region(access, new UnsafeBuffer(memory, offset, lengthBytes));
    }

    /** {@return what to ask before each operation} */
    public Access access() {
        return access;
    }

    /** {@return the address of the first byte} */
    public long address() {
        return address;
    }

    /** {@return the number of bytes} */
    public int lengthBytes() {
        return memory.capacity();
    }
}
