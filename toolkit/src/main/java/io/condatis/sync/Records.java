package io.condatis.sync;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.io.Serializable;
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

    /** The access of a buffer that is exactly one object, which is then serialised as a handle; null for any other. */
    static Access whole(final AtomicBuffer buffer, final int offset, final int length) {
        return offset == 0 && buffer.capacity() == length ? Access.of(buffer) : null;
    }

    /** What an object returns from {@code writeReplace}, given what {@link #whole} said of it. */
    static Serializable handle(final Object object, final Access whole) throws NotSerializableException {
        if (whole == null) {
            throw Access.partial(object);
        }
        return whole.handleOf(object);
    }
}
