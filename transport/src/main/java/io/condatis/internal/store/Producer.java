package io.condatis.internal.store;

/**
 * One session's right to put without asking: credits in its put window, and puts sent with them that have not arrived.
 * A credit keeps a place in the queue and the bytes of the largest body that may be put with it, so a put that spends one
 * is never refused.
 */
final class Producer {
    private static final int MOST_CREDITS = 1024;

    private final Core core;
    private final StoredQueue queue;
    private final int window;

    /** Credits granted, neither taken back nor used by a put that has arrived. */
    private int outstanding;
    /** How many credits it gets; doubles when it runs out of them, halves when others have to take them back. */
    private int target;
    /** Whether it has put something since it was last deprived. */
    private boolean putting;

    Producer(final Core core, final StoredQueue queue, final int window) {
        this.core = core;
        this.queue = queue;
        this.window = window;
    }

    int outstanding() {
        return outstanding;
    }

    /** It had to ask. */
    void asked() {
        if (window == Windows.NONE) {
            return;
        }
        putting = true;
        if (outstanding == 0) {
            target = Math.min(MOST_CREDITS, Math.max(1, 2 * target));
        }
    }

    /** A put that spent a credit has arrived. */
    void spent() {
        putting = true;
        add(-1);
    }

    /** {@return whether a credit is spent whose put has not arrived} */
    boolean hasPutUnderWay() {
        return outstanding > 0 && core.windows.unspentPuts(window) < outstanding;
    }

    /** {@return whether it would use more credits now} */
    boolean wantsMore() {
        return putting && outstanding <= target / 2;
    }

    /** Grant credits up to its target, but not more than so many. */
    void grant(final int most) {
        final int credits = Math.min(target - outstanding, most);
        if (credits > 0) {
            add(credits);
            core.windows.grantPuts(window, credits);
        }
    }

    /**
     * Take back what is not spent.
     *
     * @return how many credits that were
     */
    int revoke() {
        if (outstanding == 0) {
            return 0;
        }
        final int unspent = Math.max(0, Math.min(outstanding, core.windows.revokePuts(window)));
        if (unspent > 0) {
            add(-unspent);
            target /= 2;
            putting = false;
        }
        return unspent;
    }

    /** The session has ended: puts that have not arrived never will. */
    void close() {
        if (window != Windows.NONE) {
            core.windows.revokePuts(
                    window); // of a client that put without spending, there are more than are outstanding
        }
        add(-outstanding);
    }

    void save(final SnapshotWriter out) {
        out.putInt(outstanding);
        out.putInt(target);
        out.putBoolean(putting);
    }

    void load(final SnapshotReader in) {
        add(in.takeInt());
        target = in.takeInt();
        putting = in.takeBoolean();
    }

    private void add(final int credits) {
        outstanding += credits;
        queue.promised(credits);
    }
}
