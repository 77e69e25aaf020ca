package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.SyncStatusEncoder;

/**
 * Parties that wait for each other. The last one to come may first have something to run: until it says that it has, the
 * others wait on, and who comes meanwhile is of the next time. Whoever gives up, waiting or running, breaks the barrier.
 */
final class StoredBarrier extends SyncObject {
    /** Number of the answer to the party that is to act. */
    static final long ACT = -1;

    private final int parties;
    private final WaiterList waiting = new WaiterList();
    /** Came while the action of the time before runs. */
    private final WaiterList late = new WaiterList();

    /** The session that runs the action, or null. */
    private Session actor;
    /** Of the wait that is to act. */
    private long actorArrival;

    private BreakCause cause = BreakCause.NONE;

    StoredBarrier(final Core core, final int id, final int parties) {
        super(core, id, Kind.BARRIER, parties);
        this.parties = parties;
    }

    void arrive(final Frame frame, final long correlation, final long timeoutNs, final boolean acts) {
        final Session session = frame.session();
        if (cause != BreakCause.NONE) {
            replyBroken(session, correlation);
        } else if (actor == null && waiting.size() + 1 == parties) {
            complete(session, correlation, acts);
        } else if (timeoutNs == 0) {
            breakUp(BreakCause.TIMEOUT);
            replyBroken(session, correlation);
        } else {
            final Waiter waiter =
                    core.waiters.park(frame, correlation, timeoutNs, this, actor == null ? waiting : late);
            if (waiter != null) {
                waiter.acts = acts;
            }
        }
    }

    /** The action that began with an arrival has ended. */
    void acted(final Session session, final long correlation, final long arrival, final boolean failed) {
        if (actor == session && actorArrival == arrival) {
            if (failed) {
                breakUp(BreakCause.ACTION);
            } else {
                actor = null;
                release();
                core.answers.reply(session.id, correlation, Status.OK, parties - 1L);
                admitLate();
                return;
            }
        }
        replyBroken(session, correlation);
    }

    void abort(final BreakCause reason) {
        breakUp(reason);
    }

    void reset() {
        cause = BreakCause.NONE;
        turnAway();
    }

    @Override
    void left(final Session session) {
        if (actor == session) {
            breakUp(BreakCause.DEATH);
        }
    }

    @Override
    void end() {
        core.answerGone(waiting);
        core.answerGone(late);
    }

    @Override
    public boolean cancel(final Waiter waiter) {
        core.waiters.remove(waiter);
        breakUp(BreakCause.INTERRUPT);
        return true;
    }

    @Override
    public void expire(final Waiter waiter) {
        breakUp(BreakCause.TIMEOUT);
    }

    @Override
    public void withdraw(final Waiter waiter) {
        forget(waiting, waiter.session);
        forget(late, waiter.session);
        breakUp(BreakCause.DEATH);
    }

    @Override
    long summary() {
        return actor == null ? waiting.size() : 0;
    }

    @Override
    void describe(final SyncStatusEncoder status) {
        status.waiting(waiting.size() + late.size()).cause(cause);
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putInt(cause.value());
        out.putBoolean(actor != null);
        out.putLong(actor == null ? 0 : actor.id);
        out.putLong(actorArrival);
        save(waiting, out);
        save(late, out);
    }

    private void save(final WaiterList list, final SnapshotWriter out) {
        core.waiters.save(list, out);
        for (Waiter waiter = list.first(); waiter != null; waiter = waiter.next) {
            out.putBoolean(waiter.acts);
        }
    }

    void load(final SnapshotReader in) {
        cause = BreakCause.get((short) in.takeInt());
        final boolean isActing = in.takeBoolean();
        final long actorId = in.takeLong();
        if (isActing) {
            actor = core.sessions.get(actorId);
            join(actor);
        }
        actorArrival = in.takeLong();
        load(waiting, in);
        load(late, in);
    }

    private void load(final WaiterList list, final SnapshotReader in) {
        core.waiters.load(in, core.sessions, this, list, null);
        for (Waiter waiter = list.first(); waiter != null; waiter = waiter.next) {
            waiter.acts = in.takeBoolean();
        }
    }

    /** The last party has come. */
    private void complete(final Session session, final long correlation, final boolean acts) {
        if (acts) {
            join(session);
            actor = session;
            actorArrival = correlation;
            core.answers.reply(session.id, correlation, Status.OK, ACT);
        } else {
            release();
            core.answers.reply(session.id, correlation, Status.OK, parties - 1L);
        }
    }

    private void release() {
        long index = 0;
        while (!waiting.isEmpty()) {
            core.waiters.answer(waiting.first(), Status.OK, index++);
        }
    }

    /** Who came late takes part from now on; may complete the next time, or several. */
    private void admitLate() {
        while (actor == null && !late.isEmpty()) {
            final Waiter next = late.first();
            if (waiting.size() + 1 == parties) {
                core.waiters.remove(next);
                complete(next.session, next.correlation, next.acts);
            } else {
                late.remove(next);
                waiting.add(next);
            }
        }
    }

    /** A session has ended: none of its requests is answered. */
    private void forget(final WaiterList list, final Session session) {
        Waiter waiter = list.first();
        while (waiter != null) {
            final Waiter next = waiter.next;
            if (waiter.session == session) {
                core.waiters.remove(waiter);
            }
            waiter = next;
        }
    }

    private void breakUp(final BreakCause reason) {
        if (cause == BreakCause.NONE) {
            cause = reason;
        }
        turnAway();
    }

    private void turnAway() {
        actor = null;
        actorArrival = 0;
        while (!waiting.isEmpty()) {
            core.waiters.answer(waiting.first(), Status.BROKEN, cause.value());
        }
        while (!late.isEmpty()) {
            core.waiters.answer(late.first(), Status.BROKEN, cause.value());
        }
    }

    private void replyBroken(final Session session, final long correlation) {
        core.answers.reply(session.id, correlation, Status.BROKEN, cause.value());
    }
}
