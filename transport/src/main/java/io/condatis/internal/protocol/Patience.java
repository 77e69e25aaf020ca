package io.condatis.internal.protocol;

import java.util.concurrent.TimeUnit;

/**
 * What a thread does between two looks for work before it sleeps: it looks again at once for a moment, then offers its core to
 * others. Where an offer was accepted the core is shared, quite likely with the one that is waited for; then it offers the core
 * at once the next time, since every microsecond that it spins there the other waits. One thread at a time.
 */
public final class Patience {
    /** Offering a core that nobody wants takes a third of this, two switches of threads twice as much. */
    private static final long SWITCHED_NS = TimeUnit.MICROSECONDS.toNanos(1);

    private final long spinNs;
    private boolean waiting;
    private boolean sharing;
    private long sinceNs;
    private long yieldNs;

    /** Patience that ends as {@link Waiting} says. */
    public Patience() {
        this(Waiting.SPIN_NS, Waiting.YIELD_NS);
    }

    /**
     * Patience of a given length.
     *
     * @param spinNs how long to look again without a pause
     * @param yieldNs how long to look again at all
     */
    public Patience(final long spinNs, final long yieldNs) {
        this.spinNs = spinNs;
        this.yieldNs = yieldNs;
    }

    /**
     * Begin to wait, with another length of patience.
     *
     * @param newYieldNs how long to look again at all
     */
    public void begin(final long newYieldNs) {
        yieldNs = newYieldNs;
        waiting = false;
    }

    /** There was work. */
    public void reset() {
        waiting = false;
    }

    /**
     * There was none. Pause for a moment.
     *
     * @return false, without a pause, when it is time to sleep
     */
    public boolean pause() {
        final long nowNs = System.nanoTime();
        if (!waiting) {
            waiting = true;
            sinceNs = nowNs;
        }
        final long waitedNs = nowNs - sinceNs;
        if (waitedNs < spinNs && !sharing) {
            Thread.onSpinWait();
        } else if (waitedNs < yieldNs) {
            Thread.yield();
            sharing = System.nanoTime() - nowNs > SWITCHED_NS;
        } else {
            return false;
        }
        return true;
    }
}
