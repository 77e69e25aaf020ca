package io.condatis.cli;

import java.util.Locale;

/** What can be tortured. */
enum TorturePrimitive {
    LOCK,
    REENTRANT,
    SEMAPHORE,
    EVENT,
    CONDITION,
    BARRIER,
    RWLOCK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
