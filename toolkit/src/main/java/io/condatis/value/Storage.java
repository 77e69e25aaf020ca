package io.condatis.value;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.Region;
import java.io.NotSerializableException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * What every value and array is made of: memory, the type of the elements in it, and the lock, if any, that goes with
 * them.
 */
record Storage(Region region, CType type, int length, Lock lock, boolean isWhole) {
    static Storage of(final AtomicBuffer buffer, final int offset, final CType type, final int length) {
        if (length < 0 || length > Integer.MAX_VALUE / type.size()) {
            throw new IllegalArgumentException("length=" + length + " is not in 0.." + Integer.MAX_VALUE / type.size()
                    + " elements of " + type + ".");
        }
        return new Storage(Region.of(buffer, offset, length * type.size(), type.alignment()), type, length, null, true);
    }

    /** For a class that has one form only. */
    Storage checked(final CType.Form form) {
        if (type.form() != form) {
            throw new IllegalArgumentException("Elements of " + type + " are no " + form + " in Java.");
        }
        return this;
    }

    Storage slice(final int from, final int to) {
        Objects.checkFromToIndex(from, to, length);
        return new Storage(region.part(from * type.size(), (to - from) * type.size()), type, to - from, lock, false);
    }

    /** Fails when there is no such element, unless Agrona's bounds checks are off, as in Agrona's own buffers. */
    static int checkIndex(final int index, final int length) {
        return DirectBuffer.SHOULD_BOUNDS_CHECK ? Objects.checkIndex(index, length) : index;
    }

    Storage withLock(final Lock other) {
        return new Storage(region, type, length, other, isWhole);
    }

    Lock requireLock() {
        if (lock == null) {
            throw new IllegalStateException("This is raw, it has no lock: give it one by withLock(lock).");
        }
        return lock;
    }

    Access access() {
        return region.access();
    }

    long address() {
        return region.address();
    }

    /** What a class asks whose fast path serves elements of so many bytes, signed or not; closed for all others. */
    Access gate(final boolean servesFast) {
        return servesFast ? region.access() : Access.NEVER;
    }

    /** What a value or array returns from {@code writeReplace}. */
    Object handleOf(final Object object) throws NotSerializableException {
        if (!isWhole) {
            throw Access.partial(object);
        }
        return access().handleOf(object);
    }

    String describe(final String name) {
        return name + "[" + type + ", length=" + length + (access().isOpen() ? "]" : ", closed]");
    }
}
