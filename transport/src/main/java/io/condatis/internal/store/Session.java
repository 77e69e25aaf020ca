package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Int2IntCounterMap;
import org.agrona.collections.Long2ObjectHashMap;

/** A client: what waits for it and what must be told when it ends. */
final class Session {
    private static final Comparator<Waiter> BY_NUMBER = Comparator.comparingLong(waiter -> waiter.number);

    private static final Comparator<StoredObject> BY_OBJECT_ID = Comparator.comparingInt(StoredObject::id);

    final long id;
    private final Long2ObjectHashMap<Waiter> waiters = new Long2ObjectHashMap<>();
    private final List<StoredObject> attached = new ArrayList<>();
    private final Int2IntCounterMap given = new Int2IntCounterMap(0);

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

    /**
     * An object need not be told any more.
     *
     * @return whether it was to be told
     */
    boolean forget(final StoredObject object) {
        return attached.remove(object);
    }

    /** {@return how many references to an anonymous object it has} */
    int given(final int objectId) {
        return given.get(objectId);
    }

    /** It has so many more references to an anonymous object, or fewer. */
    void give(final int objectId, final int more) {
        given.addAndGet(objectId, more);
    }

    /** {@return the anonymous objects that it has references to, lowest id first} */
    int[] givenIds() {
        final int[] ids = new int[given.size()];
        final int[] count = {0};
        given.forEach((id, references) -> ids[count[0]++] = id);
        Arrays.sort(ids);
        return ids;
    }

    /** {@return the objects to tell, lowest id first} */
    List<StoredObject> attached() {
        attached.sort(BY_OBJECT_ID);
        return attached;
    }
}
