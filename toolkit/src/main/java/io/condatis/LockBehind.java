package io.condatis;

import io.condatis.memory.Placement;
import io.condatis.sync.Participants;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReentrantLock;
import org.agrona.BitUtil;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The lock that goes with an object: it lies behind the object, from the next multiple of {@value #ALIGNMENT}. The length
 * of the record tells whether there is one. It is reentrant, as CPython's is; that of a snapshot is not, whose writers
 * must not publish inside of each other.
 */
final class LockBehind {
    private static final int ALIGNMENT = 128;

    private LockBehind() {}

    static long lengthWith(final long lengthBytes) {
        return BitUtil.align(lengthBytes, ALIGNMENT) + Math.max(SharedReentrantLock.LENGTH, SharedLock.LENGTH);
    }

    static boolean isThere(final Placement place, final long lengthBytes) {
        return place.buffer().capacity() == lengthWith(lengthBytes);
    }

    static void initialise(final AtomicBuffer buffer, final long lengthBytes) {
        SharedReentrantLock.initialise(buffer, offset(lengthBytes));
    }

    static SharedReentrantLock at(
            final Placement place, final long lengthBytes, final Participants participants, final String name) {
        return SharedReentrantLock.at(place.buffer(), offset(lengthBytes), participants, "of " + name);
    }

    static void initialisePlain(final AtomicBuffer buffer, final long lengthBytes) {
        SharedLock.initialise(buffer, offset(lengthBytes));
    }

    static SharedLock plainAt(
            final Placement place, final long lengthBytes, final Participants participants, final String name) {
        return SharedLock.at(place.buffer(), offset(lengthBytes), participants, "of " + name);
    }

    static int offset(final long lengthBytes) {
        return Math.toIntExact(BitUtil.align(lengthBytes, ALIGNMENT));
    }
}
