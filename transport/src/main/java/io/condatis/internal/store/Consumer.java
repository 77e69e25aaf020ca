package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * One session's deliveries from a queue that are not acknowledged: first those that it has taken, then those that lie
 * ahead of its demand and are still in the queue. The take window, if there is one, knows where the border is; what is
 * known here lags behind until {@link #refresh}.
 */
final class Consumer {
    private static final int MOST_AHEAD = 64;
    private static final int MOST_BYTES_AHEAD = 64 << 10;
    /** What lies ahead should be gone in this time, so that little is taken out of turn and no item waits long. */
    private static final long AHEAD_NS = 1_000_000;

    private final Core core;
    private final StoredQueue queue;
    private final long session;
    private final int window;

    private final Int2ObjectHashMap<Item> deliveries = new Int2ObjectHashMap<>();
    /** Sequence of the last delivery. */
    private int delivered;
    /** How many of the last deliveries were not taken when last seen. */
    private int ahead;
    /** How far ahead it is served; doubles when everything was taken soon, halves when not, or when others need it. */
    private int target;
    /** When items were last sent ahead. */
    private long sentNs;
    /** When items were last sent ahead or seen to be taken. */
    private long progressNs;
    /** Whether it has asked or taken since the last recall. */
    private boolean asking;
    /** Whether it has taken everything that was sent ahead, and soon. */
    private boolean drained;
    /** Whether a QueueTaken has been asked for. */
    private boolean notified;

    Consumer(final Core core, final StoredQueue queue, final long session, final int window) {
        this.core = core;
        this.queue = queue;
        this.session = session;
        this.window = window;
    }

    /** {@return the arrival of its oldest untaken item, or the largest number when it has none} */
    long oldestAhead() {
        long oldest = Long.MAX_VALUE;
        for (int i = ahead; i > 0; i--) {
            oldest = Math.min(oldest, deliveries.get(delivered - i + 1).arrival);
        }
        return oldest;
    }

    /** It sends a QueueTake. */
    void asked() {
        asking = true;
        if (drained || target == 0) {
            grow();
        }
    }

    /** Deliver an item that it has asked for: it is taken by being sent. */
    void deliver(final long correlation, final Item item) {
        next(item);
        if (window != Windows.NONE) {
            core.windows.recallTakes(window, delivered);
            notified = false;
        }
        core.answers.delivery(session, correlation, queue.id(), delivered, item);
    }

    /** {@return whether items may be sent ahead of its demand} */
    boolean wantsAhead() {
        if (window == Windows.NONE || !asking) {
            return false;
        }
        refresh();
        if (drained) {
            grow();
        }
        return ahead <= target / 2;
    }

    /** Deliver so many items at most, ahead of demand. */
    void deliverAhead(final ItemList ready, final int most) {
        int count = 0;
        long bytes = 0;
        for (Item item = ready.first(); item != null && ahead + count < target && count < most; item = item.next) {
            bytes += item.cost();
            if (count > 0 && bytes > MOST_BYTES_AHEAD) {
                break;
            }
            count++;
        }
        if (count == 0) {
            return;
        }
        core.windows.extendTakes(window, delivered + count);
        addAhead(count);
        sentNs = core.nowNs();
        progressNs = sentNs;
        for (int i = 0; i < count; i++) {
            final Item item = ready.poll();
            next(item);
            core.answers.delivery(session, 0, queue.id(), delivered, item);
        }
    }

    /** Look how far it has taken. */
    void refresh() {
        if (ahead > 0) {
            taken(core.windows.taken(window));
        }
    }

    /** Look how far it has taken, after asking for a message when it takes more. */
    void refreshAndWatch() {
        if (ahead > 0) {
            if (!notified) {
                core.windows.notifyTakes(window);
                notified = true;
            }
            refresh();
        }
    }

    /** The message that was asked for has come. */
    void reported() {
        notified = false;
        refresh();
    }

    /** {@return whether it has not touched what lies ahead for so long that it seems busy with something} */
    boolean isSlow() {
        refresh();
        return ahead > 0 && core.nowNs() - progressNs > AHEAD_NS;
    }

    /** Take back what is not taken, because another session asks for it. */
    void deprive(final List<Item> returned) {
        recall(returned);
        target /= 2;
        asking = false;
    }

    /** Take back what is not taken. */
    void recall(final List<Item> returned) {
        if (ahead == 0) {
            return;
        }
        taken(core.windows.recallTakes(window, delivered));
        notified = false;
        if (ahead == 0) {
            return;
        }
        for (int i = ahead; i > 0; i--) {
            returned.add(deliveries.remove(delivered - i + 1));
        }
        addAhead(-ahead);
        drained = false;
    }

    /**
     * A delivery is done.
     *
     * @return its item, or null when it was done before or has been recalled
     */
    Item acknowledge(final int sequence) {
        if (sequence - delivered > 0) {
            throw new ProtocolException("acknowledgement of a delivery that was never sent: session=" + session
                    + " queue=" + queue.id() + " sequence=" + sequence + " delivered=" + delivered);
        }
        if (sequence - (delivered - ahead) > 0) {
            refresh();
        }
        if (sequence - (delivered - ahead) > 0) {
            throw new ProtocolException("acknowledgement of a delivery that was not taken: session=" + session
                    + " queue=" + queue.id() + " sequence=" + sequence + " taken=" + (delivered - ahead));
        }
        return deliveries.remove(sequence);
    }

    /** The session has ended. What it had taken it will not finish: that counts as an attempt. */
    void close(final List<Item> returned) {
        recall(returned);
        for (final Item item : ordered()) {
            item.attempt++;
            returned.add(item);
        }
        deliveries.clear();
    }

    void save(final SnapshotWriter out) {
        out.putInt(delivered);
        out.putInt(ahead);
        out.putInt(target);
        out.putBoolean(asking);
        out.putBoolean(drained);
        out.putBoolean(notified);
        out.putLong(sentNs);
        out.putLong(progressNs);
        final List<Item> items = ordered();
        out.putInt(items.size());
        for (final Item item : items) {
            out.putItem(item);
        }
    }

    void load(final SnapshotReader in) {
        delivered = in.takeInt();
        addAhead(in.takeInt());
        target = in.takeInt();
        asking = in.takeBoolean();
        drained = in.takeBoolean();
        notified = in.takeBoolean();
        sentNs = in.takeLong();
        progressNs = in.takeLong();
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            final Item item = in.takeItem();
            deliveries.put(item.sequence, item);
            queue.loaded(item);
        }
    }

    private void next(final Item item) {
        item.sequence = ++delivered;
        deliveries.put(delivered, item);
    }

    /** Note how far it has taken; a window that says nonsense is believed as far as it can be. */
    private void taken(final int sequence) {
        final int more = Math.min(ahead, sequence - (delivered - ahead));
        if (more > 0) {
            addAhead(-more);
            asking = true;
            progressNs = core.nowNs();
            drained = ahead == 0 && progressNs - sentNs <= AHEAD_NS;
            if (ahead == 0 && !drained) {
                target = Math.max(1, target / 2);
            }
        }
    }

    private void grow() {
        drained = false;
        target = Math.min(MOST_AHEAD, Math.max(1, 2 * target));
    }

    private void addAhead(final int count) {
        ahead += count;
        queue.deliveredAhead(count);
    }

    private List<Item> ordered() {
        final List<Item> items = new ArrayList<>(deliveries.values());
        items.sort(Comparator.comparingInt(item -> item.sequence - delivered));
        return items;
    }
}
