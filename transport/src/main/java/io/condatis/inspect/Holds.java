package io.condatis.inspect;

import io.condatis.sync.Owner;
import java.util.HashMap;
import java.util.Map;

/**
 * For how long the same threads were seen to hold the same things. The memory does not say when something was taken, as that
 * would cost each taker; who looks again and again knows at least since when he saw it. A thread that gives it back and
 * takes it again between two looks goes unnoticed.
 */
final class Holds {
    private Map<Hold, Long> firstSeenNs = new HashMap<>();
    private Map<Hold, Long> now = new HashMap<>();

    /**
     * Who holds what.
     *
     * @param object that is held
     * @param slot of the holder's process
     * @param generation of the slot
     * @param thread of the process
     */
    private record Hold(String object, int slot, int generation, int thread) {}

    /** Notes a holder of this look; answers for how many ns it was seen. */
    long see(final String object, final Owner owner, final long lookNs) {
        final Hold hold = new Hold(object, owner.slot(), owner.generation(), owner.thread());
        final long sinceNs = firstSeenNs.getOrDefault(hold, lookNs);
        now.put(hold, sinceNs);
        return lookNs - sinceNs;
    }

    /** Ends a look: who was not seen in it holds nothing any more. */
    void endOfLook() {
        firstSeenNs = now;
        now = new HashMap<>();
    }
}
