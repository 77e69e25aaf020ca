package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/** A lock and its conditions. */
final class LockModel extends SyncModel {
    final Kind kind;
    final List<ConditionModel> conditions = new ArrayList<>();
    /** Grants that ended by a death, for the report. */
    int robbed;

    private final LongSupplier fences;
    private final List<SyncRequest> queue = new ArrayList<>();
    private final Map<SyncRequest, Status> outcomes = new IdentityHashMap<>();
    private final List<Long> oldFences = new ArrayList<>();
    private boolean held;
    private long owner;
    private long thread;
    private long fence;
    private boolean abandoned;

    LockModel(final int objectId, final Kind kind, final LongSupplier fences, final List<Expected> expected) {
        super(objectId, expected);
        this.kind = kind;
        this.fences = fences;
    }

    @Override
    SyncRequest ask(final Random random, final long session, final long correlation) {
        final int choice = random.nextInt(20);
        if (choice < 9) {
            final SyncRequest acquire = new SyncRequest(SyncRequest.Op.ACQUIRE, session, correlation, this);
            acquire.thread = 1 + random.nextInt(3);
            acquire.encoder = (out, it) -> out.acquire(it.correlation, objectId, it.timeoutNs, it.thread);
            return acquire;
        }
        if (choice < 17) {
            final boolean silent = random.nextInt(3) > 0;
            final SyncRequest release =
                    new SyncRequest(SyncRequest.Op.RELEASE, session, silent ? 0 : correlation, this);
            release.fence = fence(random);
            release.encoder = (out, it) -> out.release(it.correlation, objectId, it.fence);
            return release;
        }
        if (choice < 18) {
            final SyncRequest consistent = new SyncRequest(SyncRequest.Op.CONSISTENT, session, correlation, this);
            consistent.fence = fence(random);
            consistent.encoder = (out, it) -> out.consistent(it.correlation, objectId, it.fence);
            return consistent;
        }
        final SyncRequest state = new SyncRequest(SyncRequest.Op.STATE, session, correlation, this);
        state.encoder = (out, it) -> out.lockState(it.correlation, objectId);
        return state;
    }

    /** {@return mostly the present one} */
    long fence(final Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> oldFences.isEmpty() ? 5 : oldFences.get(random.nextInt(oldFences.size()));
            default -> fence;
        };
    }

    @Override
    void handle(final SyncRequest request) {
        switch (request.op) {
            case ACQUIRE -> acquire(request);
            case RELEASE -> release(request);
            case CONSISTENT -> {
                final boolean isOwner = isHeldBy(request.session, request.fence);
                abandoned &= !isOwner;
                answer(request, isOwner ? Status.OK : Status.NOT_OWNER, 0);
            }
            default -> answer(request, Status.OK, held ? fence : 0);
        }
    }

    private void acquire(final SyncRequest request) {
        if (!held) {
            grant(request);
        } else if (kind == Kind.REENTRANT_LOCK && owner == request.session && thread == request.thread) {
            answer(request, Status.ILLEGAL_STATE, 0);
        } else {
            parks(request, queue);
        }
    }

    private void release(final SyncRequest request) {
        final boolean isRight = request.fence == 0 ? kind == Kind.LOCK : fence == request.fence;
        if (!held || !isRight || kind == Kind.REENTRANT_LOCK && owner != request.session) {
            answer(request, Status.NOT_OWNER, 0);
            return;
        }
        answer(request, Status.OK, 0);
        if (owner != request.session) {
            expected.add(new Expected(owner, 0, null, fence));
        }
        free();
    }

    boolean isHeldBy(final long session, final long fenceShown) {
        return held && owner == session && fence == fenceShown;
    }

    /** Its owner waits at a condition. */
    void lend(final SyncRequest wait) {
        wait.thread = thread;
    }

    void comeBack(final SyncRequest wait, final Status outcome) {
        outcomes.put(wait, outcome);
        queue.add(wait);
        if (!held) {
            free();
        }
    }

    void free() {
        held = false;
        if (!queue.isEmpty()) {
            grant(queue.remove(0));
        }
    }

    private void grant(final SyncRequest request) {
        final long last = fence;
        held = true;
        owner = request.session;
        thread = request.thread;
        oldFences.add(last);
        fence = fences.getAsLong();
        QueueModel.check(fence > last, "a fence is not greater than the last");
        final Status outcome = outcomes.remove(request);
        if (outcome == null) {
            answer(request, abandoned ? Status.OWNER_DIED : Status.OK, fence);
        } else {
            answer(request, outcome, abandoned ? -fence : fence);
        }
    }

    @Override
    List<SyncRequest> waiting() {
        return queue;
    }

    @Override
    void cancel(final SyncRequest request) {
        if (!outcomes.containsKey(request)) {
            queue.remove(request);
            answer(request, Status.CANCELLED, 0);
        }
    }

    @Override
    void expire(final SyncRequest request) {
        QueueModel.check(!outcomes.containsKey(request), "a wait that has ended has a timer");
        queue.remove(request);
        answer(request, Status.TIMEOUT, 0);
    }

    @Override
    void withdraw(final SyncRequest request) {
        queue.remove(request);
        if (outcomes.remove(request) == Status.OK) {
            ((ConditionModel) request.model).signal(1);
        }
    }

    @Override
    void left(final long session) {
        if (held && owner == session) {
            robbed++;
            abandoned = true;
            conditions.forEach(condition -> condition.signal(Integer.MAX_VALUE));
            free();
        }
    }

    @Override
    public String toString() {
        return kind + "#" + objectId;
    }
}
