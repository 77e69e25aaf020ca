package io.condatis;

import io.condatis.memory.Arena;
import io.condatis.memory.Placement;
import java.io.Serializable;

/**
 * What is serialised instead of an object of {@link SharedObjects}.
 *
 * @param owner name of the set it is in
 * @param generation tells the set from an earlier or later one of the name
 * @param name of the object
 * @param incarnation tells it from an earlier or later object of the name
 */
record ObjectHandle(String owner, long generation, String name, long incarnation) implements Serializable {
    static ObjectHandle of(final Arena arena, final String name, final Placement place) {
        return new ObjectHandle(arena.name(), arena.generation(), name, place.incarnation());
    }

    SharedObjects shared() {
        return Attachments.find(owner, generation);
    }

    private Object readResolve() {
        return shared().object(this);
    }
}
