package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;

/** The objects that live. Ids count from 1 in the order of creation and are never used again. */
final class Objects {
    private final Int2ObjectHashMap<Holding> byId = new Int2ObjectHashMap<>();
    private final Map<String, Holding> byName = new HashMap<>();
    /** Queues that have a name, oldest first. */
    private final List<Holding> queues = new ArrayList<>();

    private Holding first;
    private Holding last;
    private int lastId;

    int size() {
        return byId.size();
    }

    /** {@return the id for the next object, or 0 when all are used up} */
    int nextId() {
        return lastId == Integer.MAX_VALUE ? 0 : lastId + 1;
    }

    int lastId() {
        return lastId;
    }

    void lastId(final int id) {
        lastId = id;
    }

    /** {@return whether there was an object of that id} */
    boolean hasEnded(final int id) {
        return id >= 1 && id <= lastId && !byId.containsKey(id);
    }

    /** Add an object whose id is larger than all others; a name of null makes it anonymous. */
    Holding add(final String name, final StoredObject object) {
        final Holding holding = new Holding(object, name);
        lastId = object.id();
        byId.put(lastId, holding);
        if (name != null) {
            byName.put(name, holding);
            if (object instanceof StoredQueue) {
                queues.add(holding);
            }
        }
        holding.previous = last;
        if (last == null) {
            first = holding;
        } else {
            last.next = holding;
        }
        last = holding;
        return holding;
    }

    void remove(final Holding holding) {
        byId.remove(holding.object.id());
        if (holding.name != null) {
            byName.remove(holding.name);
            queues.remove(holding);
        }
        if (holding.previous == null) {
            first = holding.next;
        } else {
            holding.previous.next = holding.next;
        }
        if (holding.next == null) {
            last = holding.previous;
        } else {
            holding.next.previous = holding.previous;
        }
    }

    /** {@return the object of that id, or null} */
    StoredObject get(final int id) {
        final Holding holding = byId.get(id);
        return holding == null ? null : holding.object;
    }

    /** {@return the holding of that id, or null} */
    Holding holding(final int id) {
        return byId.get(id);
    }

    /** {@return the holding of that name, or null} */
    Holding holding(final String name) {
        return byName.get(name);
    }

    /** {@return the oldest object's holding, or null; the others follow it by id} */
    Holding first() {
        return first;
    }

    /** {@return the first holding whose id is larger, or null} */
    Holding after(final int id) {
        final Holding known = byId.get(id);
        Holding holding = known == null ? first : known.next;
        while (holding != null && holding.object.id() <= id) {
            holding = holding.next;
        }
        return holding;
    }

    /** {@return the queues that have a name, oldest first} */
    List<Holding> queues() {
        return queues;
    }

    void reclaim() {
        for (Holding holding = first; holding != null; holding = holding.next) {
            holding.object.reclaim();
        }
    }
}
