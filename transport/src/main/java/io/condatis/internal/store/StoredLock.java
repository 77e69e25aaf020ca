package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.SyncStatusEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Mutual exclusion. Each grant has a fence of its own, and a release says which grant it ends. A reentrant lock belongs to
 * a thread of a session and only that session releases it; how often the thread took it, the client counts. Another lock
 * may be released by anybody. When somebody waits, somebody owns it: it is handed over, in order. The policy about dead
 * owners is the clients' matter; the lock keeps it for them.
 */
final class StoredLock extends SyncObject {
    private final WaiterList queue = new WaiterList();
    private final List<StoredCondition> conditions = new ArrayList<>();

    /** Null when it is free. */
    private Session owner;

    private long thread;
    private long pid;
    /** Of the present or the last grant. */
    private long fence;
    /** Whether an owner ended while it held it and nobody has declared the state consistent since. */
    private boolean abandoned;

    StoredLock(final Core core, final int id, final Kind kind, final long policy) {
        super(core, id, kind, policy);
    }

    /** A condition of this lock exists. */
    void add(final StoredCondition condition) {
        conditions.add(condition);
    }

    /** A condition of this lock is deleted; who comes back from it comes back. */
    void remove(final StoredCondition condition) {
        conditions.remove(condition);
    }

    void acquire(
            final Frame frame,
            final long correlation,
            final long timeoutNs,
            final long threadOfClient,
            final long pidOfClient) {
        final Session session = frame.session();
        if (owner == null) {
            own(session, threadOfClient, pidOfClient);
            core.answers.reply(session.id, correlation, abandoned ? Status.OWNER_DIED : Status.OK, fence);
        } else if (kind() == Kind.REENTRANT_LOCK && owner == session && thread == threadOfClient) {
            core.answers.reply(
                    session.id,
                    correlation,
                    Status.ILLEGAL_STATE,
                    "The thread " + thread + " owns the lock already; its client counts how often.");
        } else {
            final Waiter waiter = core.waiters.park(frame, correlation, timeoutNs, this, queue);
            if (waiter != null) {
                waiter.thread = threadOfClient;
                waiter.pid = pidOfClient;
            }
        }
    }

    /** End a grant; correlation 0 wants no answer. */
    void release(final Session session, final long correlation, final long fenceOfClient) {
        final String refusal = releaseRefusal(session, fenceOfClient);
        if (refusal == null) {
            if (correlation != 0) {
                core.answers.reply(session.id, correlation, Status.OK, 0);
            }
            if (owner != session) {
                core.answers.lost(owner.id, id(), fence);
            }
            passOn();
        } else if (correlation != 0) {
            core.answers.reply(session.id, correlation, Status.NOT_OWNER, refusal);
        }
    }

    /** {@return whether what the lock protects was declared consistent} */
    boolean markConsistent(final Session session, final long fenceOfClient) {
        final boolean isHeld = isHeldBy(session, fenceOfClient);
        if (isHeld) {
            abandoned = false;
        }
        return isHeld;
    }

    boolean isHeldBy(final Session session, final long fenceOfClient) {
        return owner == session && fence == fenceOfClient;
    }

    /** {@return a sentence for whoever shows a fence that is not that of the present grant} */
    String notOwner(final long fenceOfClient) {
        return "The grant with fence " + fenceOfClient + " has ended or is another's: the lock is "
                + (owner == null ? "free." : "held with fence " + fence + ".");
    }

    /** The waiter is its owner's, that begins to wait at a condition. */
    void lend(final Waiter waiter) {
        waiter.thread = thread;
        waiter.pid = pid;
    }

    /** A wait at a condition has ended: the waiter wants the lock again, and gets it when its turn comes. */
    void comeBack(final Waiter waiter, final int condition, final Status outcome) {
        core.waiters.move(waiter, this, queue);
        waiter.condition = condition;
        waiter.outcome = outcome;
        if (owner == null) {
            passOn();
        }
    }

    /** The owner has it no more: the next one has. */
    void passOn() {
        owner = null;
        thread = 0;
        pid = 0;
        final Waiter next = queue.first();
        if (next != null) {
            own(next.session, next.thread, next.pid);
            if (next.condition == 0) {
                core.waiters.answer(next, abandoned ? Status.OWNER_DIED : Status.OK, fence);
            } else {
                core.waiters.answer(next, next.outcome, abandoned ? -fence : fence);
            }
        }
    }

    @Override
    void left(final Session session) {
        if (owner == session) {
            abandoned = true;
            // The dead one may have owed a signal.
            for (int i = 0; i < conditions.size(); i++) {
                conditions.get(i).signal(Integer.MAX_VALUE);
            }
            passOn();
        }
    }

    @Override
    void end() {
        core.answerGone(queue);
        for (int i = 0; i < conditions.size(); i++) {
            conditions.get(i).lockDeleted();
        }
        if (owner != null) {
            core.answers.lost(owner.id, id(), fence);
        }
    }

    @Override
    public boolean cancel(final Waiter waiter) {
        if (waiter.condition != 0) {
            return false;
        }
        withdraw(waiter);
        return true;
    }

    @Override
    public void expire(final Waiter waiter) {
        core.waiters.answer(waiter, Status.TIMEOUT);
    }

    @Override
    public void withdraw(final Waiter waiter) {
        core.waiters.remove(waiter);
        if (waiter.outcome == Status.OK && core.objects.get(waiter.condition) instanceof StoredCondition condition) {
            // It dies with a signal that another can use.
            condition.signal(1);
        }
    }

    @Override
    long summary() {
        return owner == null ? 0 : fence;
    }

    @Override
    void describe(final SyncStatusEncoder status) {
        status.pid(pid).thread(thread).waiting(queue.size()).detail(abandoned ? 1 : 0);
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putLong(owner == null ? 0 : owner.id);
        out.putBoolean(owner != null);
        out.putLong(thread);
        out.putLong(pid);
        out.putLong(fence);
        out.putBoolean(abandoned);
        core.waiters.save(queue, out);
        for (Waiter waiter = queue.first(); waiter != null; waiter = waiter.next) {
            out.putLong(waiter.thread);
            out.putLong(waiter.pid);
            out.putInt(waiter.condition);
            out.putInt(waiter.outcome == null ? -1 : waiter.outcome.value());
        }
    }

    void load(final SnapshotReader in) {
        final long session = in.takeLong();
        if (in.takeBoolean()) {
            owner = core.sessions.get(session);
            join(owner);
        }
        thread = in.takeLong();
        pid = in.takeLong();
        fence = in.takeLong();
        abandoned = in.takeBoolean();
        core.waiters.load(in, core.sessions, this, queue, null);
        for (Waiter waiter = queue.first(); waiter != null; waiter = waiter.next) {
            waiter.thread = in.takeLong();
            waiter.pid = in.takeLong();
            waiter.condition = in.takeInt();
            final int outcome = in.takeInt();
            waiter.outcome = outcome < 0 ? null : Status.get((short) outcome);
        }
    }

    private void own(final Session session, final long threadOfClient, final long pidOfClient) {
        join(session);
        owner = session;
        thread = threadOfClient;
        pid = pidOfClient;
        fence = core.nextFence();
    }

    private String releaseRefusal(final Session session, final long fenceOfClient) {
        if (fenceOfClient == 0) {
            if (owner == null) {
                return "The lock is released, and nobody holds it.";
            }
            return kind() == Kind.LOCK ? null : "A reentrant lock is released by its owner only, with its fence.";
        }
        final boolean isRight = owner != null && fence == fenceOfClient && (kind() == Kind.LOCK || owner == session);
        return isRight ? null : notOwner(fenceOfClient);
    }
}
