package io.condatis.internal.host;

import java.util.Comparator;
import java.util.TreeSet;
import org.agrona.collections.Long2ObjectHashMap;

/** The store's timers, soonest first. */
final class Timers {
    private record Timer(long id, long deadlineNs) {}

    private final TreeSet<Timer> bySoonest = new TreeSet<>(
            Comparator.<Timer>comparingLong(timer -> timer.deadlineNs).thenComparingLong(timer -> timer.id));
    private final Long2ObjectHashMap<Timer> byId = new Long2ObjectHashMap<>();

    void schedule(final long id, final long deadlineNs) {
        cancel(id);
        final Timer timer = new Timer(id, deadlineNs);
        byId.put(id, timer);
        bySoonest.add(timer);
    }

    void cancel(final long id) {
        final Timer timer = byId.remove(id);
        if (timer != null) {
            bySoonest.remove(timer);
        }
    }

    boolean isDue(final long nowNs) {
        return !bySoonest.isEmpty() && bySoonest.first().deadlineNs <= nowNs;
    }

    /** The soonest timer's id; it is forgotten. */
    long takeSoonest() {
        final Timer timer = bySoonest.pollFirst();
        byId.remove(timer.id);
        return timer.id;
    }

    /** How long nothing will be due, at most a given time. */
    long idleNs(final long nowNs, final long mostNs) {
        return bySoonest.isEmpty() ? mostNs : Math.max(0, Math.min(mostNs, bySoonest.first().deadlineNs - nowNs));
    }
}
