package io.condatis;

import io.condatis.memory.ObjectKind;
import io.condatis.memory.ObjectType;
import io.condatis.memory.Placement;
import io.condatis.sync.Participants;
import io.condatis.sync.SharedBarrier;
import io.condatis.sync.SharedCondition;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import java.util.function.Function;

/** The recipes of the primitives in {@code io.condatis.sync} that are made of several cells. */
final class SyncRecipes {
    private SyncRecipes() {}

    static Recipe<SharedCondition> condition(final String name, final SharedLock lock, final Participants members) {
        return condition(place -> SharedCondition.at(place.buffer(), 0, members, lock, name));
    }

    static Recipe<SharedCondition> condition(
            final String name, final SharedReentrantLock lock, final Participants members) {
        return condition(place -> SharedCondition.at(place.buffer(), 0, members, lock, name));
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

    private static Recipe<SharedCondition> condition(final Function<Placement, SharedCondition> maker) {
        final int waiters = SharedCondition.DEFAULT_MAX_WAITERS;
        return new Recipe<>(
                ObjectType.of(ObjectKind.CONDITION, waiters),
                SharedCondition.lengthBytes(waiters),
                buffer -> SharedCondition.initialise(buffer, 0, waiters),
                maker);
    }
}
