package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The named objects. Ids count from 1 in the order of creation. */
final class Objects {
    private final List<StoredObject> byId = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, StoredObject> byName = new HashMap<>();

    int size() {
        return byId.size();
    }

    int nextId() {
        return byId.size() + 1;
    }

    void add(final String name, final StoredObject object) {
        byId.add(object);
        names.add(name);
        byName.put(name, object);
    }

    /** {@return the object of that id, or null} */
    StoredObject get(final int id) {
        return id < 1 || id > byId.size() ? null : byId.get(id - 1);
    }

    /** {@return the object of that name, or null} */
    StoredObject get(final String name) {
        return byName.get(name);
    }

    String name(final int id) {
        return names.get(id - 1);
    }

    void reclaim() {
        for (int i = 0; i < byId.size(); i++) {
            byId.get(i).reclaim();
        }
    }
}
