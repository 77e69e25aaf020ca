package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.ObjectKind;
import io.condatis.memory.ObjectType;
import io.condatis.memory.Placement;
import io.condatis.value.Array;
import io.condatis.value.CType;
import io.condatis.value.Value;
import java.util.Collection;
import org.agrona.concurrent.AtomicBuffer;

/** How values and arrays lie in an arena: the elements, and if they have a lock {@linkplain LockBehind that}. */
final class ValueObjects {
    private final Arena arena;

    ValueObjects(final Arena arena) {
        this.arena = arena;
    }

    Placement value(final String name, final CType type, final Object initial) {
        return arena.obtain(name, ObjectType.value(type.code()), LockBehind.lengthWith(type.size()), buffer -> {
            Value.at(buffer, 0, type).setBoxed(initial);
            LockBehind.initialise(buffer, type.size());
        });
    }

    Placement rawValue(final String name, final CType type, final Object initial) {
        return arena.obtain(name, ObjectType.value(type.code()), type.size(), buffer -> Value.at(buffer, 0, type)
                .setBoxed(initial));
    }

    Placement array(final String name, final CType type, final Object content) {
        final int length = lengthOf(content);
        final long lengthBytes = (long) length * type.size();
        return arena.obtain(name, ObjectType.array(type.code(), length), LockBehind.lengthWith(lengthBytes), buffer -> {
            fill(buffer, type, length, content);
            LockBehind.initialise(buffer, lengthBytes);
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
        return LockBehind.isThere(place, type.size())
                ? raw.withLock(LockBehind.at(place, type.size(), arena.participants(), name))
                : raw;
    }

    Array arrayAt(final Placement place, final String name) {
        final CType type = CType.of(place.type().elementType());
        final int length = (int) place.type().count();
        final long lengthBytes = (long) length * type.size();
        final Array raw = Array.at(place.buffer(), 0, type, length);
        return LockBehind.isThere(place, lengthBytes)
                ? raw.withLock(LockBehind.at(place, lengthBytes, arena.participants(), name))
                : raw;
    }

    static boolean isValue(final Placement place) {
        final int kind = place.type().kindCode();
        return kind == ObjectKind.VALUE.code() || kind == ObjectKind.ARRAY.code();
    }

    Object objectAt(final Placement place, final String name) {
        return place.type().kindCode() == ObjectKind.VALUE.code() ? valueAt(place, name) : arrayAt(place, name);
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

    static int checkedLength(final int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + ": an array has 0 elements or more.");
        }
        return length;
    }
}
