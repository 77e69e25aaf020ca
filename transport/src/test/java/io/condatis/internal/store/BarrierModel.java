package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A barrier: who has come, and who came while the action runs. */
final class BarrierModel extends SyncModel {
    /** Passes, for the report. */
    int passes;

    private final int parties;
    private final List<SyncRequest> came = new ArrayList<>();
    private final List<SyncRequest> late = new ArrayList<>();
    private SyncRequest actor;
    private BreakCause cause = BreakCause.NONE;

    BarrierModel(final int objectId, final int parties, final List<Expected> expected) {
        super(objectId, expected);
        this.parties = parties;
    }

    @Override
    SyncRequest ask(final Random random, final long session, final long correlation) {
        if (actor != null && random.nextInt(3) == 0) {
            final SyncRequest acted = new SyncRequest(SyncRequest.Op.ACTED, actor.session, correlation, this);
            acted.number = random.nextInt(10) == 0 ? actor.correlation + 1 : actor.correlation;
            acted.flag = random.nextInt(6) == 0;
            acted.encoder = (out, it) -> out.barrierActed(it.correlation, objectId, it.number, it.flag);
            return acted;
        }
        final int choice = random.nextInt(cause == BreakCause.NONE ? 40 : 4);
        final SyncRequest.Op op = choice == 0
                ? SyncRequest.Op.RESET
                : choice == 1 ? SyncRequest.Op.ABORT : choice < 4 ? SyncRequest.Op.STATE : SyncRequest.Op.WAIT;
        final SyncRequest request = new SyncRequest(op, session, correlation, this);
        request.flag = random.nextBoolean();
        request.encoder = switch (op) {
            case WAIT -> (out, it) -> out.barrierWait(it.correlation, objectId, it.timeoutNs, it.flag);
            case RESET -> (out, it) -> out.barrierReset(it.correlation, objectId);
            case ABORT ->
                (out, it) ->
                        out.barrierAbort(it.correlation, objectId, it.flag ? BreakCause.INTERRUPT : BreakCause.ABORT);
            default -> (out, it) -> out.barrierState(it.correlation, objectId);
        };
        return request;
    }

    @Override
    void handle(final SyncRequest request) {
        switch (request.op) {
            case WAIT -> arrive(request);
            case ACTED -> acted(request);
            case ABORT -> {
                answer(request, Status.OK, 0);
                breakUp(request.flag ? BreakCause.INTERRUPT : BreakCause.ABORT);
            }
            case RESET -> {
                answer(request, Status.OK, 0);
                cause = BreakCause.NONE;
                turnAway();
            }
            default -> answer(request, Status.OK, actor == null ? came.size() : 0);
        }
    }

    private void arrive(final SyncRequest request) {
        if (cause != BreakCause.NONE) {
            answer(request, Status.BROKEN, cause.value());
            return;
        }
        if (actor != null) {
            late.add(request);
        } else {
            came.add(request);
            passIfComplete();
        }
        if (request.timeoutNs == 0 && waiting().contains(request)) {
            breakUp(BreakCause.TIMEOUT);
        }
    }

    private void passIfComplete() {
        if (came.size() < parties) {
            return;
        }
        final SyncRequest last = came.get(parties - 1);
        if (last.flag) {
            came.remove(last);
            actor = last;
            answer(last, Status.OK, -1);
        } else {
            pass();
        }
    }

    private void pass() {
        passes++;
        for (int i = 0; i < came.size(); i++) {
            answer(came.get(i), Status.OK, i);
        }
        came.clear();
    }

    private void acted(final SyncRequest request) {
        if (actor == null || actor.session != request.session || actor.correlation != request.number) {
            answer(request, Status.BROKEN, cause.value());
            return;
        }
        actor = null;
        if (request.flag) {
            breakUp(BreakCause.ACTION);
            answer(request, Status.BROKEN, cause.value());
            return;
        }
        pass();
        answer(request, Status.OK, parties - 1L);
        while (actor == null && !late.isEmpty()) {
            came.add(late.remove(0));
            passIfComplete();
        }
    }

    private void breakUp(final BreakCause reason) {
        cause = cause == BreakCause.NONE ? reason : cause;
        turnAway();
    }

    private void turnAway() {
        actor = null;
        waiting().forEach(request -> answer(request, Status.BROKEN, cause.value()));
        came.clear();
        late.clear();
    }

    @Override
    List<SyncRequest> waiting() {
        final List<SyncRequest> all = copy(came);
        all.addAll(late);
        return all;
    }

    @Override
    void cancel(final SyncRequest request) {
        remove(request);
        answer(request, Status.CANCELLED, 0);
        breakUp(BreakCause.INTERRUPT);
    }

    @Override
    void expire(final SyncRequest request) {
        breakUp(BreakCause.TIMEOUT);
    }

    @Override
    void withdraw(final SyncRequest request) {
        came.removeIf(other -> other.session == request.session);
        late.removeIf(other -> other.session == request.session);
        breakUp(BreakCause.DEATH);
    }

    @Override
    void left(final long session) {
        if (actor != null && actor.session == session) {
            breakUp(BreakCause.DEATH);
        }
    }

    private void remove(final SyncRequest request) {
        came.remove(request);
        late.remove(request);
    }

    @Override
    public String toString() {
        return "BARRIER#" + objectId;
    }
}
