package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.SyncStatusEncoder;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Permits, each free or a session's, which gives back what it has when it ends. A release gives back one of the session's
 * own; when it has none, a bounded semaphore gives back one of the session that opened first of those that have some, and
 * another one grows. When somebody waits, no permit is free.
 */
final class StoredSemaphore extends SyncObject {
    private final WaiterList queue = new WaiterList();
    private final Long2LongHashMap taken = new Long2LongHashMap(0);
    private long free;
    private long takenByAll;

    StoredSemaphore(final Core core, final int id, final Kind kind, final int permits) {
        super(core, id, kind, permits);
        free = permits;
    }

    void acquire(final Frame frame, final long correlation, final long timeoutNs) {
        if (free > 0) {
            free--;
            take(frame.session());
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
        } else {
            core.waiters.park(frame, correlation, timeoutNs, this, queue);
        }
    }

    /** Give a permit back; correlation 0 wants no answer. */
    void release(final Session session, final long correlation) {
        final boolean isOwn = taken.get(session.id) > 0;
        if (isOwn) {
            drop(session.id);
        } else if (kind() == Kind.BOUNDED_SEMAPHORE) {
            if (takenByAll == 0) {
                refuse(session, correlation, Status.ILLEGAL_STATE, "A permit is released, and nobody has one.");
                return;
            }
            final long other = eldestHolder();
            drop(other);
            core.answers.lost(other, id(), 0);
        } else if (free + takenByAll >= Integer.MAX_VALUE) {
            refuse(session, correlation, Status.LIMIT, "The semaphore has " + Integer.MAX_VALUE + " permits already.");
            return;
        }
        if (correlation != 0) {
            core.answers.reply(session.id, correlation, Status.OK, 0);
        }
        give(1);
    }

    @Override
    void left(final Session session) {
        final long returned = taken.remove(session.id);
        takenByAll -= returned;
        give(returned);
    }

    @Override
    void end() {
        core.answerGone(queue);
    }

    @Override
    public void expire(final Waiter waiter) {
        core.waiters.answer(waiter, Status.TIMEOUT);
    }

    @Override
    public void withdraw(final Waiter waiter) {
        core.waiters.remove(waiter);
    }

    @Override
    long summary() {
        return free;
    }

    @Override
    void describe(final SyncStatusEncoder status) {
        status.waiting(queue.size()).detail((int) takenByAll);
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putLong(free);
        final long[] sessions =
                taken.keySet().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sessions);
        out.putInt(sessions.length);
        for (final long session : sessions) {
            out.putLong(session);
            out.putLong(taken.get(session));
        }
        core.waiters.save(queue, out);
    }

    void load(final SnapshotReader in) {
        free = in.takeLong();
        final int holders = in.takeInt();
        for (int i = 0; i < holders; i++) {
            final Session session = core.sessions.get(in.takeLong());
            final long permits = in.takeLong();
            taken.put(session.id, permits);
            takenByAll += permits;
            join(session);
        }
        core.waiters.load(in, core.sessions, this, queue, null);
    }

    private void take(final Session session) {
        join(session);
        taken.put(session.id, taken.get(session.id) + 1);
        takenByAll++;
    }

    private void drop(final long session) {
        final long permits = taken.get(session);
        if (permits == 1) {
            taken.remove(session);
        } else {
            taken.put(session, permits - 1);
        }
        takenByAll--;
    }

    private void give(final long permits) {
        long left = permits;
        while (left > 0 && !queue.isEmpty()) {
            final Waiter waiter = queue.first();
            take(waiter.session);
            core.waiters.answer(waiter, Status.OK);
            left--;
        }
        free += left;
    }

    private long eldestHolder() {
        long eldest = Long.MAX_VALUE;
        final Long2LongHashMap.KeyIterator sessions = taken.keySet().iterator();
        while (sessions.hasNext()) {
            eldest = Math.min(eldest, sessions.nextValue());
        }
        return eldest;
    }

    private void refuse(final Session session, final long correlation, final Status status, final String sentence) {
        if (correlation != 0) {
            core.answers.reply(session.id, correlation, status, sentence);
        }
    }
}
