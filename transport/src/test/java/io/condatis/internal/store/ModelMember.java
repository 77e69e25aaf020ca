package io.condatis.internal.store;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A session's part in a {@link QueueModel}. */
final class ModelMember {
    final int window;
    final Map<Integer, QueueModel.ModelItem> deliveries = new TreeMap<>();
    /** How many of the deliveries nobody has taken. */
    int untaken;

    int delivered;
    /** The last sequence that the store knows to be taken. */
    int seen;
    /** Taken from what lay ahead, and the store has not read it. */
    final Set<Integer> unseenTaken = new TreeSet<>();
    /** Done by the window, and the store has not read it. */
    final Set<Integer> unseenDone = new TreeSet<>();
    /** Whether it has asked or taken since others had to take items back from it. */
    boolean mayHaveAhead;
    /** When it was last sent something ahead or seen to take. */
    long progressNs;
    /** Credits granted, not revoked and not used by a put that was processed. */
    int credits;
    /** Credits spent before this input on puts that have not been processed yet. */
    int underWayAtStart;

    ModelMember(final int window) {
        this.window = window;
    }
}
