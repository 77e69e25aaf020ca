package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.IncompatibleLayoutException;
import io.condatis.memory.ObjectKind;
import io.condatis.memory.ObjectType;
import io.condatis.memory.Placement;
import io.condatis.sync.Abandonment;
import io.condatis.sync.Participants;
import io.condatis.sync.SharedBarrier;
import io.condatis.sync.SharedBoundedSemaphore;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedEvent;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import java.io.Serializable;
import java.util.function.Function;

/** The recipes of the primitives in {@code io.condatis.sync}. */
final class SyncRecipes {
    private SyncRecipes() {}

    static Recipe<SharedLock> lock(
            final String name, final Abandonment abandonment, final Runnable repair, final Participants members) {
        return new Recipe<>(
                ObjectType.lock(),
                SharedLock.LENGTH,
                buffer -> SharedLock.initialise(buffer, 0, abandonment),
                place -> SharedLock.at(place.buffer(), 0, members, name, repair));
    }

    static Recipe<SharedReentrantLock> reentrantLock(
            final String name, final Abandonment abandonment, final Runnable repair, final Participants members) {
        return new Recipe<>(
                ObjectType.of(ObjectKind.REENTRANT_LOCK, 1),
                SharedReentrantLock.LENGTH,
                buffer -> SharedReentrantLock.initialise(buffer, 0, abandonment),
                place -> SharedReentrantLock.at(place.buffer(), 0, members, name, repair));
    }

    /** An exception unless a lock has the policy that was asked for. */
    static void checkPolicy(final String name, final Abandonment wanted, final Abandonment found) {
        if (wanted != found) {
            throw new IncompatibleLayoutException(
                    "lock '" + name + "' was made with the policy " + found + ", not " + wanted + "; ask for that one");
        }
    }

    static Recipe<SharedSemaphore> semaphore(
            final String name, final int permits, final int maxPermits, final Participants members) {
        return new Recipe<>(
                ObjectType.of(ObjectKind.SEMAPHORE, maxPermits),
                SharedSemaphore.lengthBytes(maxPermits),
                buffer -> SharedSemaphore.initialise(buffer, 0, permits, maxPermits),
                place -> SharedSemaphore.at(place.buffer(), 0, members, name));
    }

    static Recipe<SharedBoundedSemaphore> boundedSemaphore(
            final String name, final int permits, final Participants members) {
        return new Recipe<>(
                ObjectType.of(ObjectKind.BOUNDED_SEMAPHORE, permits),
                SharedBoundedSemaphore.lengthBytes(permits),
                buffer -> SharedBoundedSemaphore.initialise(buffer, 0, permits),
                place -> SharedBoundedSemaphore.at(place.buffer(), 0, members, name));
    }

    static Recipe<SharedEvent> event(final String name, final Participants members) {
        return new Recipe<>(
                ObjectType.of(ObjectKind.EVENT, 1),
                SharedEvent.LENGTH,
                buffer -> SharedEvent.initialise(buffer, 0),
                place -> SharedEvent.at(place.buffer(), 0, members, name));
    }

    /** With a lock of the same set, of either kind; it travels with the condition's handle. */
    static Recipe<SharedCondition> condition(final String name, final Serializable lock, final Arena arena) {
        final int waiters = SharedCondition.DEFAULT_MAX_WAITERS;
        return new Recipe<>(
                ObjectType.of(ObjectKind.CONDITION, waiters),
                SharedCondition.lengthBytes(waiters),
                buffer -> SharedCondition.initialise(buffer, 0, waiters),
                place -> {
                    final ObjectHandle handle = ObjectHandle.of(arena, name, place);
                    place.access().representBy(type -> ConditionHandle.of(handle, lock));
                    return lock instanceof SharedLock
                            ? SharedCondition.at(place.buffer(), 0, arena.participants(), (SharedLock) lock, name)
                            : SharedCondition.at(
                                    place.buffer(), 0, arena.participants(), (SharedReentrantLock) lock, name);
                });
    }

    static Recipe<SharedBarrier> barrier(final String name, final int parties, final Participants members) {
        return new Recipe<>(
                ObjectType.of(ObjectKind.BARRIER, parties),
                SharedBarrier.lengthBytes(parties),
                buffer -> SharedBarrier.initialise(buffer, 0, parties),
                place -> SharedBarrier.at(place.buffer(), 0, members, name));
    }

    static Recipe<SharedReadWriteLock> readWriteLock(final String name, final Participants members) {
        final int readers = SharedReadWriteLock.DEFAULT_MAX_READERS;
        return new Recipe<>(
                ObjectType.of(ObjectKind.READ_WRITE_LOCK, readers),
                SharedReadWriteLock.lengthBytes(readers),
                buffer -> SharedReadWriteLock.initialise(buffer, 0, readers),
                place -> SharedReadWriteLock.at(place.buffer(), 0, members, name));
    }

    /** How to look at a primitive that was found, of whatever kind. */
    static Function<Placement, ?> maker(final Placement found, final String name, final Arena arena) {
        final int kind = found.type().kindCode();
        final Participants members = arena.participants();
        if (kind == ObjectKind.LOCK.code()) {
            return lock(name, Abandonment.REPORT, null, members).maker();
        }
        if (kind == ObjectKind.REENTRANT_LOCK.code()) {
            return reentrantLock(name, Abandonment.REPORT, null, members).maker();
        }
        if (kind == ObjectKind.SEMAPHORE.code()) {
            return place -> SharedSemaphore.at(place.buffer(), 0, members, name);
        }
        if (kind == ObjectKind.BOUNDED_SEMAPHORE.code()) {
            return place -> SharedBoundedSemaphore.at(place.buffer(), 0, members, name);
        }
        if (kind == ObjectKind.EVENT.code()) {
            return event(name, members).maker();
        }
        if (kind == ObjectKind.BARRIER.code()) {
            return place -> SharedBarrier.at(place.buffer(), 0, members, name);
        }
        if (kind == ObjectKind.READ_WRITE_LOCK.code()) {
            return readWriteLock(name, members).maker();
        }
        throw new IncompatibleLayoutException("'" + name + "' in shared objects '" + arena.name() + "' is: "
                + found.type() + ". Such an object cannot be found by its name alone: use the method for its kind.");
    }
}
