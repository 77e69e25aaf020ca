package io.condatis.internal.host;

import io.aeron.Aeron;
import io.condatis.internal.protocol.Metric;
import io.condatis.internal.store.QueueFigures;
import io.condatis.internal.store.QueueLook;
import io.condatis.internal.store.Statistics;
import io.condatis.internal.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What a server counts, and when it publishes that: ten times a second while anything happens, which costs nothing that can be measured and is
 * more often than anybody reads it. Publishing makes no garbage and no system call. The server's thread calls everything
 * but {@link #manager()} and {@link #queues()}.
 *
 * <p>The first {@value #MOST_QUEUES} queues that have names have counters of their own: the driver has room for
 * some thousand, of which sessions need a part.
 */
final class Metrics {
    static final int MOST_QUEUES = 256;
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SPAN_NS = TimeUnit.SECONDS.toNanos(10);

    private final String name;
    private final Aeron aeron;
    private final ErrorHandler errorHandler;
    private final Figures manager;
    private final Int2ObjectHashMap<Figures> byId = new Int2ObjectHashMap<>();
    private final QueueLook look = this::onQueue;
    private volatile List<Figures> queues = List.of();
    private boolean queuesChanged;
    private long round;
    private long nextNs;
    private boolean started;

    private long died;
    private long expelled;
    private long sent;
    private long delayed;
    private long delayedBytes;
    private long longestCycleNs;
    private long longestBeforeNs;
    private long spanEndNs;
    private long busySinceNs;
    private boolean busy;
    private boolean unpublished;

    Metrics(final String name, final Aeron aeron, final ErrorHandler errorHandler) {
        this.name = name;
        this.aeron = aeron;
        this.errorHandler = errorHandler;
        manager = new Figures(aeron, name, null);
    }

    /** {@return name of the manager} */
    String name() {
        return name;
    }

    /** {@return the manager's own; any thread} */
    Figures manager() {
        return manager;
    }

    /** {@return those of its queues; any thread} */
    List<Figures> queues() {
        return queues;
    }

    /** A client's process has died. */
    void died() {
        died++;
    }

    /** A client was refused or cut off. */
    void expelled() {
        expelled++;
    }

    /** A message was handed to a client's stream, or put aside for it. */
    void sent() {
        sent++;
    }

    /** A message did not fit into a client's stream. */
    void delayed(final long bytes) {
        delayed++;
        delayedBytes += bytes;
    }

    /** Bytes that waited are sent, or never will be. */
    void settled(final long bytes) {
        delayedBytes -= bytes;
    }

    /** A cycle begins. */
    void begin(final long nowNs) {
        if (busy && nowNs - busySinceNs > longestCycleNs) {
            longestCycleNs = nowNs - busySinceNs;
        }
        busySinceNs = nowNs;
    }

    /** A cycle ends; what follows one without work is idleness, and not measured. */
    void end(final int work) {
        busy = work > 0;
    }

    /** Something may have changed since it was published last. */
    void changed() {
        unpublished = true;
    }

    /** How long the server can sleep before it owes figures to who reads them. */
    long leftNs(final long nowNs) {
        return unpublished ? Math.max(1, nextNs - nowNs) : Long.MAX_VALUE;
    }

    boolean isDue(final long nowNs) {
        return !started || nowNs - nextNs >= 0;
    }

    void publish(final Store store, final long nowNs) {
        final boolean spanEnds = !started || nowNs - spanEndNs >= 0;
        started = true;
        unpublished = false;
        nextNs = nowNs + INTERVAL_NS;
        round++;
        if (spanEnds) {
            spanEndNs = nowNs + SPAN_NS;
            longestBeforeNs = longestCycleNs;
            longestCycleNs = 0;
        }
        publishManager(store.statistics());
        store.lookAtQueues(nowNs, MOST_QUEUES, look);
        if (queuesChanged || byId.size() > 0) {
            settleQueues();
        }
        resolve(manager);
    }

    private void publishManager(final Statistics statistics) {
        manager.set(Metric.SESSIONS, statistics.sessions());
        manager.set(Metric.SESSIONS_OPENED, statistics.sessionsOpened());
        manager.set(Metric.SESSIONS_DIED, died);
        manager.set(Metric.SESSIONS_EXPELLED, expelled);
        manager.set(Metric.OBJECTS, statistics.objects());
        manager.set(Metric.REQUESTS, statistics.requests());
        manager.set(Metric.MESSAGES_SENT, sent);
        manager.set(Metric.REQUESTS_WAITING, statistics.requestsWaiting());
        manager.set(Metric.STORED_BYTES, statistics.storedBytes());
        manager.set(Metric.MAX_BYTES, statistics.maxBytes());
        manager.set(Metric.ITEMS, statistics.items());
        manager.set(Metric.ITEMS_PUT, statistics.itemsPut());
        manager.set(Metric.ITEMS_DONE, statistics.itemsDone());
        manager.set(Metric.ITEMS_RETURNED, statistics.itemsReturned());
        manager.set(Metric.ITEMS_DEAD, statistics.itemsDead());
        manager.set(Metric.MESSAGES_DELAYED, delayed);
        manager.set(Metric.DELAYED_BYTES, delayedBytes);
        manager.set(Metric.LONGEST_CYCLE_NS, Math.max(longestCycleNs, longestBeforeNs));
    }

    private void onQueue(final int objectId, final String queue, final QueueFigures figures) {
        Figures target = byId.get(objectId);
        if (target == null) {
            target = new Figures(aeron, name, queue);
            byId.put(objectId, target);
            queuesChanged = true;
        }
        target.seenIn(round);
        target.set(Metric.QUEUE_DEPTH, figures.depth());
        target.set(Metric.QUEUE_IN_HAND, figures.inHand());
        target.set(Metric.QUEUE_TAKERS, figures.takers());
        target.set(Metric.QUEUE_PUTTERS, figures.putters());
        target.set(Metric.QUEUE_PUT, figures.put());
        target.set(Metric.QUEUE_DONE, figures.done());
    }

    /** Forget the queues that were not seen, and take the counters of the others. */
    private void settleQueues() {
        final Int2ObjectHashMap<Figures>.ValueIterator iterator = byId.values().iterator();
        while (iterator.hasNext()) {
            final Figures figures = iterator.next();
            if (figures.wasSeenIn(round)) {
                resolve(figures);
            } else {
                iterator.remove();
                figures.close(aeron);
                queuesChanged = true;
            }
        }
        if (queuesChanged) {
            queuesChanged = false;
            queues = List.copyOf(new ArrayList<>(byId.values()));
        }
    }

    private void resolve(final Figures figures) {
        try {
            figures.resolve(aeron);
        } catch (final RuntimeException e) {
            errorHandler.onError(e);
        }
        unpublished |= figures.isPending();
    }
}
