package io.condatis.list;

import io.condatis.memory.SharedMemory;
import java.io.Serializable;

/**
 * What is serialised instead of a {@link ShareableList}: the handle of its block, however long the list is.
 *
 * @param memory the list's block, which travels as a handle itself
 */
@SuppressWarnings("serial") // SharedMemory writes a handle
record ShareableListHandle(SharedMemory memory) implements Serializable {
    private Object readResolve() {
        return ShareableList.over(memory);
    }
}
