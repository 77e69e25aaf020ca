package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.ObjectKind;
import io.condatis.memory.ObjectType;
import io.condatis.memory.Placement;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.sync.SharedLock;
import io.condatis.value.Array;
import io.condatis.value.CType;
import io.condatis.value.Value;
import java.util.Collection;
import java.util.concurrent.locks.Lock;
import org.agrona.BitUtil;
import org.agrona.concurrent.AtomicBuffer;

/**
 * How values and arrays lie in an arena: the elements first; then, if they have a lock, that, from the next multiple of
 * {@value #LOCK_ALIGNMENT}. The length of the record tells which.
 */
final class ValueObjects {
    private static final int LOCK_ALIGNMENT = 128;

    private final Arena arena;

    ValueObjects(final Arena arena) {
        this.arena = arena;
    }

    Placement value(final String name, final CType type, final Object initial) {
        return arena.obtain(name, ObjectType.value(type.code()), lockedLength(type.size()), buffer -> {
            Value.at(buffer, 0, type).setBoxed(initial);
            initialiseLock(buffer, type.size());
        });
    }

    Placement rawValue(final String name, final CType type, final Object initial) {
        return arena.obtain(name, ObjectType.value(type.code()), type.size(), buffer -> Value.at(buffer, 0, type)
                .setBoxed(initial));
    }

    Placement array(final String name, final CType type, final Object content) {
        final int length = lengthOf(content);
        final long lengthBytes = (long) length * type.size();
        return arena.obtain(name, ObjectType.array(type.code(), length), lockedLength(lengthBytes), buffer -> {
            fill(buffer, type, length, content);
            initialiseLock(buffer, lengthBytes);
        });
    }

    Placement rawArray(final String name, final CType type, final Object content) {
        final int length = lengthOf(content);
        final long lengthBytes = (long) length * type.size();
        return arena.obtain(
                name,
                ObjectType.array(type.code(), length),
                lengthBytes,
                buffer -> fill(buffer, type, length, content));
    }

    Value valueAt(final Placement place, final String name) {
        final CType type = CType.of(place.type().elementType());
        final Value raw = Value.at(place.buffer(), 0, type);
        return isLocked(place, type.size()) ? raw.withLock(lockAt(place, type.size(), name)) : raw;
    }

    Array arrayAt(final Placement place, final String name) {
        final CType type = CType.of(place.type().elementType());
        final int length = (int) place.type().count();
        final long lengthBytes = (long) length * type.size();
        final Array raw = Array.at(place.buffer(), 0, type, length);
        return isLocked(place, lengthBytes) ? raw.withLock(lockAt(place, lengthBytes, name)) : raw;
    }

    /** The object of a place, of whatever kind. */
    Object objectAt(final Placement place, final String name) {
        final int kind = place.type().kindCode();
        if (kind == ObjectKind.VALUE.code()) {
            return valueAt(place, name);
        }
        if (kind == ObjectKind.ARRAY.code()) {
            return arrayAt(place, name);
        }
        if (kind == ObjectKind.LOCK.code()) {
            return SharedLock.at(place.buffer(), 0, arena.participants(), name);
        }
        throw notByName(place, name);
    }

    /** Fails for what takes more than a name to find: structures, whose class is the application's. */
    void requireByName(final Placement place, final String name) {
        final int kind = place.type().kindCode();
        if (kind != ObjectKind.VALUE.code() && kind != ObjectKind.ARRAY.code() && kind != ObjectKind.LOCK.code()) {
            throw notByName(place, name);
        }
    }

    private IncompatibleLayoutException notByName(final Placement place, final String name) {
        return new IncompatibleLayoutException("'" + name + "' in shared objects '" + arena.name() + "' is: "
                + place.type() + ". Such an object cannot be found by its name alone: use the method for its kind.");
    }

    Placement structures(final String name, final ObjectKind kind, final Structure sample, final int length) {
        final long lengthBytes = lengthOf(kind, sample, length);
        return arena.obtain(
                name,
                ObjectType.structure(kind, sample.layoutChecksum(), length),
                lockedLength(lengthBytes),
                buffer -> initialiseLock(buffer, lengthBytes));
    }

    Lock lockOf(
            final Placement place, final ObjectKind kind, final Structure sample, final int length, final String name) {
        return lockAt(place, lengthOf(kind, sample, length), name);
    }

    private static long lengthOf(final ObjectKind kind, final Structure sample, final int length) {
        return kind == ObjectKind.SNAPSHOT ? Snapshot.lengthBytes(sample) : (long) length * sample.size();
    }

    private static void fill(final AtomicBuffer buffer, final CType type, final int length, final Object content) {
        if (!(content instanceof Integer)) {
            Array.at(buffer, 0, type, length).setAllBoxed(0, content);
        }
    }

    private static int lengthOf(final Object content) {
        if (content instanceof Integer) {
            return checkedLength((Integer) content);
        }
        if (content instanceof Collection) {
            return ((Collection<?>) content).size();
        }
        if (content != null && content.getClass().isArray()) {
            return java.lang.reflect.Array.getLength(content);
        }
        throw new IllegalArgumentException(
                "An array is made from its length, an Integer, or its elements, a Java array or collection; not from "
                        + content + ".");
    }

    private static long lockOffset(final long lengthBytes) {
        return BitUtil.align(lengthBytes, LOCK_ALIGNMENT);
    }

    private static long lockedLength(final long lengthBytes) {
        return lockOffset(lengthBytes) + SharedLock.LENGTH;
    }

    private static boolean isLocked(final Placement place, final long lengthBytes) {
        return place.buffer().capacity() == lockedLength(lengthBytes);
    }

    private static void initialiseLock(final AtomicBuffer buffer, final long lengthBytes) {
        SharedLock.initialise(buffer, (int) lockOffset(lengthBytes));
    }

    private Lock lockAt(final Placement place, final long lengthBytes, final String name) {
        return SharedLock.at(place.buffer(), (int) lockOffset(lengthBytes), arena.participants(), "of " + name);
    }

    static int checkedLength(final int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + ": an array has 0 elements or more.");
        }
        return length;
    }
}
