package io.condatis.internal.store;

/** An object in the store, its name if it has one, and how many sessions and stored values refer to it. */
final class Holding {
    final StoredObject object;
    /** Null for an anonymous object. */
    final String name;

    int references;
    Holding previous;
    Holding next;

    Holding(final StoredObject object, final String name) {
        this.object = object;
        this.name = name;
    }

    boolean isAnonymous() {
        return name == null;
    }
}
