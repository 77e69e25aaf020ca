package io.condatis.sync;

import io.condatis.internal.os.DeathWatch;
import io.condatis.internal.os.Futex;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.collections.LongHashSet;

/**
 * Wakes those of this process who sleep in a region when another process of the region dies, so that they find out at once
 * and not at the end of their slice, which may then be long. Wherever it cannot see every process of the region, other pid
 * namespaces for example, it says so and sleepers keep to short slices. A process that leaves in good order does not die:
 * it wakes those itself who may wait for something that it has not given back.
 */
final class PeerWatch {
    private final Participants participants;
    private final DeathWatch watch = DeathWatch.get();
    private final Futex futex = Futex.get();

    /** Where threads of this process have slept; guarded by itself. */
    private final LongHashSet addresses = new LongHashSet();

    /** The words of all primitives that this process has used; guarded by itself. */
    private final LongHashSet used = new LongHashSet();

    /** Per slot, the generation that is watched or known to be dead; guarded by this. */
    private final int[] knownGenerations = new int[Participants.SLOTS];

    /** Per slot, what its death starts; guarded by this. */
    private final Runnable[] listeners = new Runnable[Participants.SLOTS];

    /** Per slot, the generation that is known to be dead, which may be before the kernel frees the slot's byte. */
    private final AtomicIntegerArray deadGenerations = new AtomicIntegerArray(Participants.SLOTS);

    /** Per slot, which process that was: the generation comes again after half a million joins, to one that lives. */
    private final AtomicLongArray deadProcesses = new AtomicLongArray(Participants.SLOTS);

    /** Guarded by this. */
    private boolean closed;

    /** The count of joins for which all was well; -1 for none. */
    private volatile int coveredJoins = -1;

    PeerWatch(final Participants participants) {
        this.participants = participants;
    }

    /** Adds a word on which threads of this process will sleep. */
    void sleepOn(final long address) {
        synchronized (addresses) {
            addresses.add(address);
        }
    }

    /** Adds a word on which others may sleep for something that this process has. */
    void use(final long address) {
        synchronized (used) {
            used.add(address);
        }
    }

    /** Wakes everybody who may wait for this process, which has just left. */
    void wakeHeirs() {
        wakeAll(used);
    }

    /** Whether the death of any process that takes part now will wake the sleepers. */
    boolean coversAll() {
        if (watch == null) {
            return false;
        }
        final int joins = participants.joins();
        return joins == coveredJoins || cover(joins);
    }

    /** Whether the watch has told of the death of a process that is in the table now. */
    boolean knowsDead(final int slot, final int generation) {
        return deadGenerations.get(slot) == generation && deadProcesses.get(slot) == participants.processOf(slot);
    }

    synchronized void close() {
        closed = true;
        for (int slot = 0; slot < Participants.SLOTS; slot++) {
            forget(slot);
        }
    }

    private void forget(final int slot) {
        if (listeners[slot] != null) {
            watch.forget(listeners[slot]);
            listeners[slot] = null;
        }
    }

    /** Whether the death of one process will wake the sleepers: not if it was told already, when nobody slept. */
    synchronized boolean covers(final int slot, final int generation) {
        return watch != null
                && !participants.isClosed()
                && !knowsDead(slot, generation)
                && (knownGenerations[slot] == generation || cover(slot, generation));
    }

    private synchronized boolean cover(final int joins) {
        if (closed) {
            return false; // somebody slept when the region was closed
        }
        boolean all = true;
        for (int slot = 0; slot < Participants.SLOTS; slot++) {
            final int generation = participants.generationOf(slot);
            if (generation != 0 && generation != knownGenerations[slot]) {
                all &= cover(slot, generation); // if it has just died, look again before a long sleep
            }
        }
        if (all) {
            coveredJoins = joins;
        }
        return all;
    }

    private boolean cover(final int slot, final int generation) {
        final boolean known = watch(slot, generation);
        if (known || participants.isDead(slot, generation)) {
            knownGenerations[slot] = generation;
        }
        return known;
    }

    private boolean watch(final int slot, final int generation) {
        forget(slot);
        final long process = participants.processOf(slot);
        listeners[slot] = () -> {
            deadProcesses.set(slot, process);
            deadGenerations.set(slot, generation);
            wakeAll(addresses);
        };
        final boolean watched = participants.watch(watch, slot, listeners[slot]);
        if (participants.processOf(slot) != process) {
            forget(slot); // somebody else has just taken the slot, and may be the one that was watched
            return false;
        }
        return watched;
    }

    private void wakeAll(final LongHashSet words) {
        synchronized (words) {
            final LongHashSet.LongIterator iterator = words.iterator();
            while (iterator.hasNext()) {
                futex.wake(iterator.nextValue(), Integer.MAX_VALUE);
            }
        }
    }
}
