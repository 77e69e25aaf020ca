package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemRun;
import java.util.List;

/**
 * One session's deliveries from a queue that are not done: first those that it has taken, then those that lie ahead of its
 * demand and are still in the queue. The take window, if there is one, knows where the border is; what is known here lags
 * behind until {@link #refresh}.
 */
final class Consumer {
    private static final int MOST_AHEAD = 512;
    private static final int MOST_BYTES_AHEAD = 128 << 10;
    /** A consumer that has not moved for so long is busy with something: others may have what lies ahead at it. */
    private static final long SLOW_NS = 1_000_000;
    /** What lies ahead should be gone in this time, which on busy cores includes some waiting for one. */
    private static final long DRAIN_NS = 20_000_000;

    private final Core core;
    private final StoredQueue queue;
    private final long session;
    private final int window;

    private final OpenDeliveries deliveries = new OpenDeliveries();
    /** Sequence of the last delivery. */
    private int delivered;
    /** How many of the last deliveries lie ahead and were not taken when last seen. */
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
    /** Whether a QueueTaken has been asked for at the next take. */
    private boolean notified;

    Consumer(final Core core, final StoredQueue queue, final long session, final int window) {
        this.core = core;
        this.queue = queue;
        this.session = session;
        this.window = window;
    }

    /** {@return the item that lies ahead of all others, of those that it has not taken; there is one} */
    Item oldestAhead() {
        Item oldest = deliveries.fromLast(ahead - 1);
        for (int i = ahead - 2; i >= 0; i--) {
            final Item item = deliveries.fromLast(i);
            oldest = item.isAfter(oldest.priority, oldest.arrival) ? oldest : item;
        }
        return oldest;
    }

    boolean hasAhead() {
        return ahead > 0;
    }

    /** It asks for an item. */
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
            item.granted = true;
        }
        core.answers.delivery(session, correlation, queue.id(), delivered, item);
        settle();
    }

    /** Deliver what it has asked for, so many items at most: they lie ahead until it takes them. */
    void deliverRun(final long correlation, final ReadyItems ready, final int most) {
        if (!ready.isEmpty() && Item.runLength(ready.first()) > ItemRun.MAX_LENGTH) {
            deliver(correlation, ready.poll());
            return;
        }
        final int first = delivered + 1;
        core.answers.beginRun();
        while (delivered + 1 - first < most && !ready.isEmpty() && core.answers.fitsRun(ready.first())) {
            final Item item = ready.poll();
            next(item);
            core.answers.addToRun(session, item);
        }
        final int count = delivered + 1 - first;
        if (count > 0 && window != Windows.NONE) {
            core.windows.extendTakes(window, delivered);
            addAhead(count);
            sentNs = core.nowNs();
            progressNs = sentNs;
        }
        core.answers.sendRun(session, correlation, queue.id(), first, count);
        settle();
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
    void deliverAhead(final ReadyItems ready, final int most) {
        int count = 0;
        long bytes = 0;
        while (count < ready.size() && ahead + count < target && count < most) {
            bytes += ready.get(count).cost();
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
        sendAhead(ready, count);
    }

    private void sendAhead(final ReadyItems ready, final int count) {
        int first = delivered + 1;
        core.answers.beginRun();
        for (int i = 0; i < count; i++) {
            final Item item = ready.poll();
            if (!core.answers.fitsRun(item)) {
                core.answers.sendRun(session, 0, queue.id(), first, delivered + 1 - first);
                first = delivered + 1;
            }
            next(item);
            if (core.answers.fitsRun(item)) {
                core.answers.addToRun(session, item);
            } else {
                core.answers.delivery(session, 0, queue.id(), delivered, item);
                first = delivered + 1;
            }
        }
        core.answers.sendRun(session, 0, queue.id(), first, delivered + 1 - first);
    }

    /** Look how far it has taken, and what is done. */
    void refresh() {
        if (ahead > 0) {
            taken(core.windows.taken(window));
        }
        settle();
    }

    /** Let go of what is done. */
    private void settle() {
        if (deliveries.size() == ahead) {
            return;
        }
        if (!queue.isLeased()) {
            settleTaken();
        } else if (window != Windows.NONE) {
            final int done = core.windows.done(window);
            final int last = done - lastTaken() > 0 ? lastTaken() : done;
            while (deliveries.size() > ahead && deliveries.first().sequence - last <= 0) {
                queue.finished(deliveries.removeFirst());
            }
        }
    }

    /** What is taken from a queue that does not lease is done, as soon as it cannot be lost on the way. */
    private void settleTaken() {
        final int received = deliveries.first().granted ? core.windows.received(window) : 0;
        while (deliveries.size() > ahead && isGone(deliveries.first(), received)) {
            queue.finished(deliveries.removeFirst());
        }
    }

    private static boolean isGone(final Item item, final int received) {
        return !item.granted || item.sequence - received <= 0;
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

    /** Look what is done, after asking for a message when more is. */
    void watchDone() {
        if (window != Windows.NONE && deliveries.size() > 0) {
            core.windows.notifyDone(window);
            refresh();
        }
    }

    /** It says that it has taken something or that something is done. */
    void reported() {
        notified = false;
        refresh();
    }

    /** {@return whether it has not touched what lies ahead for so long that it seems busy with something} */
    boolean isSlow() {
        refresh();
        return ahead > 0 && core.nowNs() - progressNs > SLOW_NS;
    }

    /** Take back what is not taken, because another session asks for it. */
    void deprive(final List<Item> returned) {
        recall(returned);
        target /= 2;
        asking = false;
    }

    /** Take back what lies ahead. */
    void recall(final List<Item> returned) {
        if (ahead > 0) {
            taken(core.windows.recallTakes(window, delivered));
            notified = false;
            for (int i = ahead; i > 0; i--) {
                returned.add(deliveries.removeLast());
            }
            addAhead(-ahead);
            drained = false;
        }
    }

    /**
     * A delivery is done, or is not going to be.
     *
     * @return its item, or null when it was done before or has been recalled
     */
    Item finish(final int sequence) {
        if (sequence - delivered > 0) {
            throw new ProtocolException("acknowledgement of a delivery that was never sent: session=" + session
                    + " queue=" + queue.id() + " sequence=" + sequence + " delivered=" + delivered);
        }
        if (sequence - lastTaken() > 0) {
            refresh();
        }
        if (sequence - lastTaken() > 0) {
            throw new ProtocolException("acknowledgement of a delivery that was not taken: session=" + session
                    + " queue=" + queue.id() + " sequence=" + sequence + " taken=" + lastTaken());
        }
        return deliveries.remove(sequence);
    }

    /**
     * The session has ended. What never reached it returns as it was; what it had taken is gone, or returns with an attempt
     * more where items are leased.
     */
    void close(final List<Item> returned) {
        recall(returned);
        settle();
        final int received = window == Windows.NONE ? 0 : core.windows.received(window);
        while (deliveries.size() > 0) {
            final Item item = deliveries.removeFirst();
            if (!isGone(item, received)) {
                returned.add(item);
            } else if (queue.isLeased()) {
                core.statistics.returned(item);
                returned.add(item);
            } else {
                queue.finished(item);
            }
        }
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
        out.putInt(deliveries.size());
        deliveries.forEach(out::putItem);
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
            final Item item = in.takeItem(core.items);
            deliveries.add(item);
            queue.loaded(item);
        }
    }

    private void next(final Item item) {
        item.granted = false;
        item.sequence = ++delivered;
        deliveries.add(item);
    }

    private int lastTaken() {
        return delivered - ahead;
    }

    /** Note how far it has taken; a window that says nonsense is believed as far as it can be. */
    private void taken(final int sequence) {
        final int more = Math.min(ahead, sequence - lastTaken());
        if (more <= 0) {
            return;
        }
        asking = true;
        progressNs = core.nowNs();
        addAhead(-more);
        drained = ahead == 0 && progressNs - sentNs <= DRAIN_NS;
        if (ahead == 0 && !drained) {
            target = Math.max(1, target / 2);
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
}
