package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import io.condatis.internal.protocol.sbe.SyncStatusEncoder;

/** A flag to wait for. Setting it ends every wait there and then, so a wait misses no pulse. */
final class StoredEvent extends SyncObject {
    private final WaiterList waiting = new WaiterList();
    private boolean isSet;

    StoredEvent(final Core core, final int id) {
        super(core, id, Kind.EVENT, 0);
    }

    void await(final Frame frame, final long correlation, final long timeoutNs) {
        if (isSet) {
            core.answers.reply(frame.session().id, correlation, Status.OK, 0);
        } else {
            core.waiters.park(frame, correlation, timeoutNs, this, waiting);
        }
    }

    void set() {
        isSet = true;
        while (!waiting.isEmpty()) {
            core.waiters.answer(waiting.first(), Status.OK);
        }
    }

    void clear() {
        isSet = false;
    }

    @Override
    void left(final Session session) {
        // Nobody owns an event.
    }

    @Override
    void end() {
        core.answerGone(waiting);
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
        return isSet ? 1 : 0;
    }

    @Override
    void describe(final SyncStatusEncoder status) {
        status.waiting(waiting.size());
    }

    @Override
    public void save(final SnapshotWriter out) {
        out.putBoolean(isSet);
        core.waiters.save(waiting, out);
    }

    void load(final SnapshotReader in) {
        isSet = in.takeBoolean();
        core.waiters.load(in, core.sessions, this, waiting, null);
    }
}
