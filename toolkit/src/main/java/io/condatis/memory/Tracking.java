package io.condatis.memory;

import io.condatis.internal.os.ExitHooks;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A block that goes with the JVM that made it, unless it was unlinked before: when the JVM exits, by a hook; when it is
 * killed, by the next sweep, which finds the mark that {@link BlockOwner} left beside the block.
 */
final class Tracking {
    /** By the identity of the block. */
    private static final Map<String, Tracking> TRACKED = new ConcurrentHashMap<>();

    private final BlockName block;
    private final BlockOwner owner;
    private final Path mark;
    private final ExitHooks.Registration hook;
    private boolean expired;

    private Tracking(final BlockName block, final BlockOwner owner, final Path mark) {
        this.block = block;
        this.owner = owner;
        this.mark = mark;
        this.hook = ExitHooks.register(this::expire);
    }

    /**
     * To be called before the block is visible, so that no death in between leaves it untracked.
     *
     * @param block that will be published
     * @param generation random number of its builder
     * @return the tracking, to be ended when the block is not published after all
     */
    static Tracking start(final BlockName block, final long generation) {
        final BlockOwner owner = BlockOwner.in(block.path().getParent());
        final Path mark = owner.mark(block, generation);
        try {
            final Tracking tracking = new Tracking(block, owner, mark);
            TRACKED.put(block.identity(), tracking);
            return tracking;
        } catch (final IllegalStateException e) {
            owner.unmark(mark);
            throw e;
        }
    }

    /**
     * Makes the block visible.
     *
     * @param builder of the block
     * @throws IllegalStateException when the JVM is ending and has done what it does at its end: the block would stay
     */
    synchronized void publish(final BlockBuilder builder) {
        if (expired) {
            throw new IllegalStateException(
                    "This JVM is ending: shared memory '" + block.name() + "' was not created.");
        }
        builder.publish(block);
    }

    /**
     * Ends the tracking of a block that was unlinked, if this process has created it, by whatever object.
     *
     * @return whether it has
     */
    static boolean endOf(final BlockName block) {
        final Tracking tracking = TRACKED.get(block.identity());
        if (tracking != null) {
            tracking.end();
        }
        return tracking != null;
    }

    /** Leaves the block to somebody else; idempotent. */
    void end() {
        hook.cancel();
        forget();
    }

    /** Ends it when somebody else has unlinked the block; he could not know of the mark. */
    void endIfGone() {
        if (!block.isCurrent()) {
            end();
        }
    }

    /** What the end of the JVM does. */
    synchronized void expire() {
        expired = true;
        block.unlink();
        forget();
    }

    private void forget() {
        TRACKED.remove(block.identity(), this);
        owner.unmark(mark);
    }
}
