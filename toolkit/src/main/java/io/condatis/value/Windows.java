package io.condatis.value;

import io.condatis.internal.os.Access;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The piece of a buffer that a value or an array lives in. */
final class Windows {
    private static final int ALIGNMENT = Long.BYTES;

    private Windows() {}

    /** A view without guard whose address allows atomic operations on eight bytes. */
    static UnsafeBuffer aligned(final AtomicBuffer buffer, final int offset, final int lengthBytes) {
        final UnsafeBuffer window = Access.window(buffer, offset, lengthBytes);
        if ((window.addressOffset() & (ALIGNMENT - 1)) != 0) {
            throw new IllegalArgumentException("offset=" + offset + " is not at an address that is a multiple of "
                    + ALIGNMENT + ", which atomic operations need.");
        }
        return window;
    }

    static int lengthOf(final int elements) {
        if (elements < 0 || elements > Integer.MAX_VALUE / ALIGNMENT) {
            throw new IllegalArgumentException(
                    "length=" + elements + " is not in 0.." + Integer.MAX_VALUE / ALIGNMENT + " elements.");
        }
        return elements * ALIGNMENT;
    }
}
