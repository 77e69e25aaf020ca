package io.condatis.internal.store;

/** Where the items of a queue go that were delivered too often. */
final class DeadLetterRule {
    private final Core core;
    private int maxAttempts;
    private int targetId;

    DeadLetterRule(final Core core) {
        this.core = core;
    }

    /** Say what is to happen; false when it was said otherwise before. */
    boolean agree(final int mostAttempts, final int target) {
        if (maxAttempts == 0) {
            maxAttempts = mostAttempts;
            targetId = target;
        }
        return maxAttempts == mostAttempts && targetId == target;
    }

    /** {@return where an item goes instead of being delivered once more, or null when it is delivered} */
    StoredQueue destination(final Item item) {
        return maxAttempts > 0 && item.attempt > maxAttempts && core.objects.get(targetId) instanceof StoredQueue target
                ? target
                : null;
    }

    void save(final SnapshotWriter out) {
        out.putInt(maxAttempts);
        out.putInt(targetId);
    }

    void load(final SnapshotReader in) {
        maxAttempts = in.takeInt();
        targetId = in.takeInt();
    }
}
