package io.condatis.list;

import io.condatis.memory.SharedMemory;
import java.io.Serializable;

/**
 * What is serialised instead of a {@link ShareableList}: the handle of its block, however long the list is.
 *
 * @param memory the list's block, which travels as a handle itself; not declared as what it is, for allow lists look at that
 */
@SuppressWarnings("serial") // SharedMemory writes a handle
record ShareableListHandle(Object memory) implements Serializable {
    private Object readResolve() {
        return ShareableList.over((SharedMemory) memory);
    }
}
