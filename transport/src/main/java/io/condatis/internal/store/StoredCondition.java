package io.condatis.internal.store;

import io.condatis.internal.protocol.ConditionArgument;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.SyncStatusEncoder;

/**
 * Waits under a lock. A request waits here until a signal, its deadline or its client ends that; then it waits for the lock,
 * and is answered when it has it. So a wait is either here or in the lock's queue, and a signal that came first stays.
 */
final class StoredCondition extends SyncObject {
    private final WaiterList waiting = new WaiterList();
    /** Null when it was deleted. */
    private StoredLock lock;

    StoredCondition(final Core core, final int id, final StoredLock lock) {
        this(core, id, ConditionArgument.of(lock.id(), lock.kind() == Kind.REENTRANT_LOCK));
        this.lock = lock;
        lock.add(this);
        core.references.keep(lock.id());
    }

    /** One whose lock was deleted. */
    StoredCondition(final Core core, final int id, final long argument) {
        super(core, id, Kind.CONDITION, argument);
    }

    /** The lock is being deleted. */
    void lockDeleted() {
        lock = null;
        core.answerGone(waiting);
    }

    /** {@return whether its lock was deleted, which has been said to whoever wants an answer} */
    boolean isLockGone(final Session session, final long correlation) {
        if (lock == null && correlation != 0) {
            core.answers.reply(session.id, correlation, Status.GONE, "The lock of the condition was deleted.");
        }
        return lock == null;
    }

    void await(final Frame frame, final long correlation, final long timeoutNs, final long fence) {
        if (isLockGone(frame.session(), correlation)) {
            return;
        }
        if (!lock.isHeldBy(frame.session(), fence)) {
            core.answers.reply(frame.session().id, correlation, Status.NOT_OWNER, lock.notOwner(fence));
            return;
        }
        final Waiter waiter = core.waiters.park(frame, correlation, timeoutNs == 0 ? -1 : timeoutNs, this, waiting);
        if (waiter == null) {
            return;
        }
        lock.lend(waiter);
        if (timeoutNs == 0) {
            lock.comeBack(waiter, id(), Status.TIMEOUT);
        }
        lock.passOn();
    }

    /** End some waits; correlation 0 wants no answer. */
    void signal(final Session session, final long correlation, final long fence, final int count) {
        if (isLockGone(session, correlation)) {
            return;
        }
        final boolean isHeld = lock.isHeldBy(session, fence);
        if (isHeld) {
            signal(count);
        }
        if (correlation != 0 && isHeld) {
            core.answers.reply(session.id, correlation, Status.OK, 0);
        } else if (correlation != 0) {
            core.answers.reply(session.id, correlation, Status.NOT_OWNER, lock.notOwner(fence));
        }
    }

    /** End the waits of those that wait longest. */
    void signal(final int count) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            lock.comeBack(waiting.first(), id(), Status.OK);
        }
    }

    @Override
    void left(final Session session) {
        // Its waits were withdrawn.
    }

    @Override
    void end() {
        core.answerGone(waiting);
        if (lock != null) {
            lock.remove(this);
            core.references.drop(lock.id());
        }
    }

    @Override
    public boolean cancel(final Waiter waiter) {
        lock.comeBack(waiter, id(), Status.CANCELLED);
        return false;
    }

    @Override
    public void expire(final Waiter waiter) {
        lock.comeBack(waiter, id(), Status.TIMEOUT);
    }

    @Override
    public void withdraw(final Waiter waiter) {
        core.waiters.remove(waiter);
    }

    @Override
    long summary() {
        return waiting.size();
    }

    @Override
    void describe(final SyncStatusEncoder status) {
        status.waiting(waiting.size());
    }

    @Override
    public void save(final SnapshotWriter out) {
        core.waiters.save(waiting, out);
        for (Waiter waiter = waiting.first(); waiter != null; waiter = waiter.next) {
            out.putLong(waiter.thread);
            out.putLong(waiter.pid);
        }
    }

    void load(final SnapshotReader in) {
        core.waiters.load(in, core.sessions, this, waiting, null);
        for (Waiter waiter = waiting.first(); waiter != null; waiter = waiter.next) {
            waiter.thread = in.takeLong();
            waiter.pid = in.takeLong();
        }
    }
}
