package io.condatis;

import io.condatis.memory.NameMissingException;
import java.util.HashMap;
import java.util.Map;

/**
 * The sets of shared objects in this process that handles resolve to, by generation: what the process has created, or
 * else one attachment of its own for all handles, which the end of the process closes. What the application has attached
 * itself is not among them, because it may close that while objects from handles are still in use.
 */
final class Attachments {
    private static final Map<Long, SharedObjects> OPEN = new HashMap<>();

    private Attachments() {}

    static SharedObjects created(final SharedObjects shared) {
        if (shared.arena().isCreator()) {
            synchronized (OPEN) {
                OPEN.put(shared.arena().generation(), shared);
            }
        }
        return shared;
    }

    static void closed(final SharedObjects shared) {
        synchronized (OPEN) {
            OPEN.remove(shared.arena().generation(), shared);
        }
    }

    static SharedObjects find(final String name, final long generation) {
        synchronized (OPEN) {
            final SharedObjects known = OPEN.get(generation);
            if (known != null && known.isUsable()) {
                return known;
            }
            final SharedObjects attached = SharedObjects.attach(name);
            if (attached.arena().generation() != generation) {
                attached.close();
                throw new NameMissingException("The shared objects '" + name + "' that this handle stands for were"
                        + " removed; the name belongs to newer ones now: send a new handle.");
            }
            OPEN.put(generation, attached);
            return attached;
        }
    }
}
