package io.condatis.memory;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * What is serialised instead of a {@link SharedMemory}.
 *
 * @param name of the block
 * @param identity of the file that had the name, to tell a later block of the name
 */
record SharedMemoryHandle(String name, String identity) implements Serializable {
    /** What was attached by handles in this process. Weak: memory goes when no object that came from a handle is left. */
    private static final Map<SharedMemoryHandle, WeakReference<SharedMemory>> ATTACHED = new HashMap<>();

    private Object readResolve() {
        synchronized (ATTACHED) {
            final WeakReference<SharedMemory> known = ATTACHED.get(this);
            final SharedMemory memory = known == null ? null : known.get();
            if (memory != null && memory.isOpen() && memory.isCurrent()) {
                return memory;
            }
            ATTACHED.values().removeIf(reference -> reference.refersTo(null));
            final SharedMemory attached = attach();
            ATTACHED.put(this, new WeakReference<>(attached));
            return attached;
        }
    }

    private SharedMemory attach() {
        final SharedMemory memory = SharedMemory.attach(name);
        if (!memory.identity().equals(identity)) {
            memory.close();
            throw new NameMissingException("The shared memory '" + name + "' that this handle stands for was unlinked;"
                    + " the name belongs to a newer block now: send a new handle.");
        }
        return memory;
    }
}
