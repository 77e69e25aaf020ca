package io.condatis.sync;

import io.condatis.internal.os.CrashPoint;
import io.condatis.internal.os.Futex;
import java.util.concurrent.TimeUnit;

/**
 * Sleeping on one word of a primitive, in slices: wakes are hints, a killed process owes some, so nobody sleeps long
 * without looking again. A slice is {@value #SLICE_MS} ms; 250 ms where the death of any peer ends it, see
 * {@link PeerWatch}; 1 ms while somebody takes part who wakes nobody. What the waits of all primitives have in common.
 */
final class Sleeper {
    /** Longest sleep without a look where deaths are not watched. */
    static final int SLICE_MS = 20;

    /** How often to look before the first sleep. */
    static final int SPINS = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 200;

    /** A sleep when nobody may be going to wake the thread. */
    static final long SHORT_SLICE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(SLICE_MS);
    private static final long LONG_SLICE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Participants participants;
    private final long address;
    private final String announced;
    private final String woken;
    private final Futex futex = Futex.get();

    /** Plain: at worst the word is added twice. */
    private boolean watched;

    /**
     * A way to sleep on a word.
     *
     * @param participants whose memory it is in
     * @param address of the word
     * @param kind first part of the names of the crash points before and after each sleep
     */
    Sleeper(final Participants participants, final long address, final String kind) {
        this.participants = participants;
        this.address = address;
        this.announced = kind + ".announced";
        this.woken = kind + ".woken";
        participants.peerWatch().use(address);
    }

    /**
     * Sleeps one slice, unless the thread is interrupted or out of time.
     *
     * @param word that others change before they wake
     * @param leftNs time left
     * @param longestNs when to look again at the latest, if nobody wakes the thread
     * @param object for the message when the region has been closed meanwhile
     * @return what ends the waiting, or null to look again
     */
    Outcome sleep(final int word, final long leftNs, final long longestNs, final Object object) {
        if (CrashPoint.ON) {
            CrashPoint.reached(announced);
        }
        if (Thread.interrupted()) {
            return Outcome.INTERRUPTED;
        }
        if (leftNs <= 0) {
            return Outcome.TIMED_OUT;
        }
        futex.awaitInterruptibly(address, word, Math.min(Math.min(leftNs, longestNs), sliceNs()));
        if (CrashPoint.ON) {
            CrashPoint.reached(woken);
        }
        participants.checkUsable(object);
        return null;
    }

    /**
     * The length of a wait.
     *
     * @param time as it was asked for
     * @param unit of the time
     * @return in ns, not negative: what has gone by will be taken from it
     */
    static long span(final long time, final TimeUnit unit) {
        return Math.max(unit.toNanos(time), 0);
    }

    private long sliceNs() {
        if (!participants.everyoneCanWake()) {
            return SHORT_SLICE_NS;
        }
        final PeerWatch watch = participants.peerWatch();
        if (!watched) {
            watch.sleepOn(address);
            watched = true;
        }
        return watch.coversAll() ? LONG_SLICE_NS : SLICE_NS;
    }

    void wakeOne() {
        futex.wake(address, 1);
    }

    void wakeAll() {
        futex.wake(address, Integer.MAX_VALUE);
    }
}
