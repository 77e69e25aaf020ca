package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.ObjectKind;
import io.condatis.memory.ObjectType;
import io.condatis.memory.Placement;
import io.condatis.structure.Snapshot;
import io.condatis.structure.Structure;
import io.condatis.structure.StructureArray;
import java.util.function.Supplier;

/**
 * How structures lie in an arena: as in C, and if they have a lock {@linkplain LockBehind that}. Their objects are made anew
 * at each call, as cursors are not shared; the right to use the memory is.
 */
final class StructureObjects {
    private final Arena arena;
    private final Views views;

    StructureObjects(final Arena arena, final Views views) {
        this.arena = arena;
        this.views = views;
    }

    <T extends Structure> T structure(final String name, final Supplier<T> factory, final boolean locked) {
        final T structure = factory.get();
        return structureAt(obtain(name, ObjectKind.STRUCTURE, structure, 1, locked), name, structure);
    }

    <T extends Structure> StructureArray<T> array(
            final String name, final Supplier<T> factory, final int length, final boolean locked) {
        ValueObjects.checkedLength(length);
        return arrayAt(obtain(name, ObjectKind.STRUCTURE_ARRAY, factory.get(), length, locked), name, factory, length);
    }

    <T extends Structure> Snapshot<T> snapshot(final String name, final Supplier<T> factory) {
        return snapshotAt(obtain(name, ObjectKind.SNAPSHOT, factory.get(), 1, true), name, factory);
    }

    /** The object of a place that was found, of whatever kind; its class must have the layout of what is there. */
    <T extends Structure> Object objectAt(final Placement found, final String name, final Supplier<T> factory) {
        final T sample = factory.get();
        final int length = found.type().structures();
        final int checksum = sample.layoutChecksum();
        if (found.type().equals(ObjectType.structure(ObjectKind.STRUCTURE, checksum, length))) {
            return structureAt(represent(name, found), name, sample);
        }
        if (found.type().equals(ObjectType.structure(ObjectKind.STRUCTURE_ARRAY, checksum, length))) {
            return arrayAt(represent(name, found), name, factory, length);
        }
        if (found.type().equals(ObjectType.structure(ObjectKind.SNAPSHOT, checksum, length))) {
            return snapshotAt(represent(name, found), name, factory);
        }
        throw new IncompatibleLayoutException(
                "'" + name + "' in shared objects '" + arena.name() + "' is: " + found.type() + ". The class "
                        + sample.getClass().getName() + " of this process has other fields: layout "
                        + Integer.toHexString(checksum) + ". Use the same class in every process.");
    }

    private <T extends Structure> T structureAt(final Placement place, final String name, final T structure) {
        structure.wrap(place.buffer(), 0);
        if (LockBehind.isThere(place, structure.size())) {
            structure.useLock(LockBehind.at(place, structure.size(), arena.participants(), name));
        }
        return structure;
    }

    private <T extends Structure> StructureArray<T> arrayAt(
            final Placement place, final String name, final Supplier<T> factory, final int length) {
        final StructureArray<T> array = StructureArray.at(place.buffer(), 0, factory, length);
        final long lengthBytes = lengthOf(ObjectKind.STRUCTURE_ARRAY, factory.get(), length);
        return LockBehind.isThere(place, lengthBytes)
                ? array.withLock(LockBehind.at(place, lengthBytes, arena.participants(), name))
                : array;
    }

    private <T extends Structure> Snapshot<T> snapshotAt(
            final Placement place, final String name, final Supplier<T> factory) {
        final long lengthBytes = lengthOf(ObjectKind.SNAPSHOT, factory.get(), 1);
        return Snapshot.at(place.buffer(), 0, factory)
                .withLock(LockBehind.plainAt(place, lengthBytes, arena.participants(), name));
    }

    private Placement obtain(
            final String name, final ObjectKind kind, final Structure sample, final int length, final boolean locked) {
        final long lengthBytes = lengthOf(kind, sample, length);
        final ObjectType type = ObjectType.structure(kind, sample.layoutChecksum(), length);
        return represent(
                name, arena.obtain(name, type, locked ? LockBehind.lengthWith(lengthBytes) : lengthBytes, buffer -> {
                    if (kind == ObjectKind.SNAPSHOT) {
                        LockBehind.initialisePlain(buffer, lengthBytes);
                    } else if (locked) {
                        LockBehind.initialise(buffer, lengthBytes);
                    }
                }));
    }

    /** The place as this process knows it. */
    private Placement represent(final String name, final Placement place) {
        return views.view(name, place, known -> {
            final ObjectHandle handle = ObjectHandle.of(arena, name, known);
            known.access().representBy(type -> StructureHandle.of(handle, type));
            return known;
        });
    }

    private static long lengthOf(final ObjectKind kind, final Structure sample, final int length) {
        return kind == ObjectKind.SNAPSHOT ? Snapshot.lengthBytes(sample) : (long) length * sample.size();
    }
}
