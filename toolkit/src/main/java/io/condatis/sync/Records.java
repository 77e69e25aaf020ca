package io.condatis.sync;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.io.Serializable;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

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

    /** How many parts a record in memory says it has, or an exception if that cannot be true. */
    static int count(
            final AtomicBuffer buffer,
            final int offset,
            final int min,
            final int max,
            final String kind,
            final String name) {
        final int count = buffer.getIntVolatile(offset);
        if (count < min || count > max) {
            throw new CondatisException("the " + kind + " '" + name + "' is damaged: it claims to have " + count
                    + " places, not " + min + " to " + max + "; make it anew under another name");
        }
        return count;
    }

    /** The memory of a record, or an exception if it would reach beyond the memory that there is. */
    static UnsafeBuffer record(
            final AtomicBuffer buffer, final int offset, final int length, final String kind, final String name) {
        if (length > buffer.capacity() - offset) {
            throw new CondatisException("the " + kind + " '" + name + "' is damaged: it claims " + length
                    + " bytes, and there are " + (buffer.capacity() - offset) + "; make it anew under another name");
        }
        return new UnsafeBuffer(buffer, offset, length);
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
