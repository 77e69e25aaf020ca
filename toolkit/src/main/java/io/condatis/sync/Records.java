package io.condatis.sync;

import io.condatis.error.CondatisException;
import org.agrona.concurrent.AtomicBuffer;

/** What the objects of this package have in common as records in memory. */
final class Records {
    static final int ALIGNMENT = 64;

    private Records() {}

    /** An exception unless a record may begin at a place. */
    static void checkAlignment(final AtomicBuffer buffer, final int offset, final String kind) {
        if ((buffer.addressOffset() + offset & (ALIGNMENT - 1)) != 0) {
            throw new IllegalArgumentException(
                    "offset=" + offset + " of a " + kind + " is not at an address that is a multiple of " + ALIGNMENT);
        }
    }

    /** An exception unless a place holds a record of a kind. */
    static void checkMagic(
            final AtomicBuffer buffer, final int offset, final int expected, final String kind, final String name) {
        final int magic = buffer.getIntVolatile(offset);
        if (magic != expected) {
            throw new CondatisException("no " + kind + " '" + name + "' here: magic=0x" + Integer.toHexString(magic)
                    + ", expected 0x" + Integer.toHexString(expected));
        }
    }
}
