package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** Every request that waits, and its timer. */
final class Waiters {
    private static final Comparator<Waiter> BY_NUMBER = Comparator.comparingLong(waiter -> waiter.number);

    private final Outbox outbox;
    private final Answers answers;
    private final int mostPerSession;
    private final Long2ObjectHashMap<Waiter> byNumber = new Long2ObjectHashMap<>();
    private long lastNumber;

    Waiters(final Outbox outbox, final Answers answers, final int mostPerSession) {
        this.outbox = outbox;
        this.answers = answers;
        this.mostPerSession = mostPerSession;
    }

    /**
     * Answer a request that cannot be granted now, or let it wait in a list.
     *
     * @return the waiter, or null when the request has been answered TIMEOUT or LIMIT
     */
    Waiter park(
            final Frame frame,
            final long correlation,
            final long timeoutNs,
            final StoredObject object,
            final WaiterList list) {
        final Session session = frame.session();
        if (timeoutNs == 0) {
            answers.reply(session.id, correlation, Status.TIMEOUT, 0);
            return null;
        }
        if (session.waiterCount() >= mostPerSession) {
            answers.reply(
                    session.id,
                    correlation,
                    Status.LIMIT,
                    "Too many requests of this session wait: the limit is " + mostPerSession
                            + " (maxWaitingRequests).");
            return null;
        }
        final long deadlineNs = timeoutNs < 0 ? Long.MAX_VALUE : deadline(frame.nowNs(), timeoutNs);
        final Waiter waiter = new Waiter(++lastNumber, session, correlation, object, deadlineNs);
        waiter.timed = timeoutNs > 0;
        add(waiter, list);
        if (waiter.timed) {
            outbox.schedule(waiter.number, deadlineNs);
        }
        return waiter;
    }

    /** {@return the waiter that the timer was for, which has no timer any more, or null} */
    Waiter fired(final long timerId) {
        final Waiter waiter = byNumber.get(timerId);
        if (waiter == null || !waiter.timed) {
            return null;
        }
        waiter.timed = false;
        return waiter;
    }

    /** The waiter is being answered, or forgotten with its session. */
    void remove(final Waiter waiter) {
        waiter.list.remove(waiter);
        waiter.session.remove(waiter);
        byNumber.remove(waiter.number);
        if (waiter.timed) {
            outbox.cancel(waiter.number);
        }
    }

    /** Answer a waiter. */
    void answer(final Waiter waiter, final Status status) {
        answer(waiter, status, 0);
    }

    /** Answer a waiter with a number. */
    void answer(final Waiter waiter, final Status status, final long number) {
        remove(waiter);
        answers.reply(waiter.session.id, waiter.correlation, status, number);
    }

    /** Let a waiter wait for something else, without a deadline. */
    void move(final Waiter waiter, final StoredObject object, final WaiterList list) {
        waiter.list.remove(waiter);
        if (waiter.timed) {
            waiter.timed = false;
            outbox.cancel(waiter.number);
        }
        waiter.object = object;
        list.add(waiter);
    }

    void scheduleAll() {
        final List<Waiter> ordered = new ArrayList<>(byNumber.values());
        ordered.sort(BY_NUMBER);
        for (final Waiter waiter : ordered) {
            if (waiter.timed) {
                outbox.schedule(waiter.number, waiter.deadlineNs);
            }
        }
    }

    /** Write the waiters of one list, in order. */
    void save(final WaiterList list, final SnapshotWriter out) {
        out.putInt(list.size());
        for (Waiter waiter = list.first(); waiter != null; waiter = waiter.next) {
            out.putLong(waiter.number);
            out.putLong(waiter.session.id);
            out.putLong(waiter.correlation);
            out.putLong(waiter.deadlineNs);
            out.putBoolean(waiter.timed);
            if (waiter.item != null) {
                out.putItem(waiter.item);
            }
        }
    }

    /** Read back what {@link #save} has written, with an item each when they are puts, for which items are given. */
    void load(
            final SnapshotReader in,
            final Sessions sessions,
            final StoredObject object,
            final WaiterList list,
            final ItemPool items) {
        final int count = in.takeInt();
        for (int i = 0; i < count; i++) {
            final long number = in.takeLong();
            final Session session = sessions.get(in.takeLong());
            final long correlation = in.takeLong();
            final Waiter waiter = new Waiter(number, session, correlation, object, in.takeLong());
            waiter.timed = in.takeBoolean();
            if (items != null) {
                waiter.item = in.takeItem(items);
            }
            add(waiter, list);
        }
    }

    int size() {
        return byNumber.size();
    }

    long lastNumber() {
        return lastNumber;
    }

    void lastNumber(final long number) {
        lastNumber = number;
    }

    private void add(final Waiter waiter, final WaiterList list) {
        list.add(waiter);
        waiter.session.add(waiter);
        byNumber.put(waiter.number, waiter);
    }

    private static long deadline(final long nowNs, final long timeoutNs) {
        final long deadlineNs = nowNs + timeoutNs;
        return deadlineNs < nowNs ? Long.MAX_VALUE : deadlineNs;
    }
}
