package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** A client: what waits for it and what must be told when it ends. */
final class Session {
    private static final Comparator<Waiter> BY_NUMBER = Comparator.comparingLong(waiter -> waiter.number);

    private static final Comparator<StoredObject> BY_OBJECT_ID = Comparator.comparingInt(StoredObject::id);

    final long id;
    private final Long2ObjectHashMap<Waiter> waiters = new Long2ObjectHashMap<>();
    private final List<StoredObject> attached = new ArrayList<>();

    Session(final long id) {
        this.id = id;
    }

    /** {@return the request of that correlation if it waits, or null} */
    Waiter waiter(final long correlation) {
        return waiters.get(correlation);
    }

    int waiterCount() {
        return waiters.size();
    }

    void add(final Waiter waiter) {
        waiters.put(waiter.correlation, waiter);
    }

    void remove(final Waiter waiter) {
        waiters.remove(waiter.correlation);
    }

    /** {@return its waiting requests, longest wait first} */
    List<Waiter> waiters() {
        final List<Waiter> ordered = new ArrayList<>(waiters.values());
        ordered.sort(BY_NUMBER);
        return ordered;
    }

    /** Have an object told when the session ends. */
    void attach(final StoredObject object) {
        attached.add(object);
    }

    /** {@return the objects to tell, lowest id first} */
    List<StoredObject> attached() {
        attached.sort(BY_OBJECT_ID);
        return attached;
    }
}
