package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A condition of a lock. */
final class ConditionModel extends SyncModel {
    final LockModel lock;
    private final List<SyncRequest> waits = new ArrayList<>();

    ConditionModel(final int objectId, final LockModel lock, final List<Expected> expected) {
        super(objectId, expected);
        this.lock = lock;
        lock.conditions.add(this);
    }

    @Override
    SyncRequest ask(final Random random, final long session, final long correlation) {
        final int choice = random.nextInt(10);
        if (choice < 5) {
            final SyncRequest wait = new SyncRequest(SyncRequest.Op.WAIT, session, correlation, this);
            wait.fence = lock.fence(random);
            wait.encoder = (out, it) -> out.conditionWait(it.correlation, objectId, it.timeoutNs, it.fence);
            return wait;
        }
        if (choice < 9) {
            final SyncRequest signal =
                    new SyncRequest(SyncRequest.Op.NOTIFY, session, random.nextBoolean() ? 0 : correlation, this);
            signal.fence = lock.fence(random);
            signal.number = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(3);
            signal.encoder = (out, it) -> out.conditionNotify(it.correlation, objectId, it.fence, (int) it.number);
            return signal;
        }
        final SyncRequest state = new SyncRequest(SyncRequest.Op.STATE, session, correlation, this);
        state.encoder = (out, it) -> out.conditionState(it.correlation, objectId);
        return state;
    }

    @Override
    void handle(final SyncRequest request) {
        if (request.op == SyncRequest.Op.STATE) {
            answer(request, Status.OK, waits.size());
        } else if (!lock.isHeldBy(request.session, request.fence)) {
            answer(request, Status.NOT_OWNER, 0);
        } else if (request.op == SyncRequest.Op.NOTIFY) {
            signal((int) request.number);
            answer(request, Status.OK, 0);
        } else {
            lock.lend(request);
            if (request.timeoutNs == 0) {
                lock.comeBack(request, Status.TIMEOUT);
            } else {
                waits.add(request);
            }
            lock.free();
        }
    }

    void signal(final int count) {
        for (int i = 0; i < count && !waits.isEmpty(); i++) {
            lock.comeBack(waits.remove(0), Status.OK);
        }
    }

    @Override
    List<SyncRequest> waiting() {
        return waits;
    }

    @Override
    void cancel(final SyncRequest request) {
        if (waits.remove(request)) {
            lock.comeBack(request, Status.CANCELLED);
        }
    }

    @Override
    void expire(final SyncRequest request) {
        QueueModel.check(waits.remove(request), "a wait that has ended has a timer");
        lock.comeBack(request, Status.TIMEOUT);
    }

    @Override
    void withdraw(final SyncRequest request) {
        if (!waits.remove(request)) {
            lock.withdraw(request);
        }
    }

    @Override
    void left(final long session) {
        // Its waits are withdrawn.
    }

    @Override
    public String toString() {
        return "CONDITION#" + objectId;
    }
}
