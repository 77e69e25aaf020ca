package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An event. */
final class EventModel extends SyncModel {
    private final List<SyncRequest> waits = new ArrayList<>();
    private boolean isSet;

    EventModel(final int objectId, final List<Expected> expected) {
        super(objectId, expected);
    }

    @Override
    SyncRequest ask(final Random random, final long session, final long correlation) {
        final int choice = random.nextInt(10);
        final SyncRequest.Op op = choice < 6
                ? SyncRequest.Op.WAIT
                : choice < 7 ? SyncRequest.Op.SET : choice < 9 ? SyncRequest.Op.CLEAR : SyncRequest.Op.STATE;
        final SyncRequest request = new SyncRequest(op, session, correlation, this);
        request.encoder = switch (op) {
            case WAIT -> (out, it) -> out.eventWait(it.correlation, objectId, it.timeoutNs);
            case SET -> (out, it) -> out.eventSet(it.correlation, objectId);
            case CLEAR -> (out, it) -> out.eventClear(it.correlation, objectId);
            default -> (out, it) -> out.eventState(it.correlation, objectId);
        };
        return request;
    }

    @Override
    void handle(final SyncRequest request) {
        switch (request.op) {
            case WAIT -> {
                if (isSet) {
                    answer(request, Status.OK, 0);
                } else {
                    parks(request, waits);
                }
            }
            case SET -> {
                isSet = true;
                answer(request, Status.OK, 0);
                waits.forEach(wait -> answer(wait, Status.OK, 0));
                waits.clear();
            }
            case CLEAR -> {
                isSet = false;
                answer(request, Status.OK, 0);
            }
            default -> answer(request, Status.OK, isSet ? 1 : 0);
        }
    }

    @Override
    List<SyncRequest> waiting() {
        return waits;
    }

    @Override
    void cancel(final SyncRequest request) {
        waits.remove(request);
        answer(request, Status.CANCELLED, 0);
    }

    @Override
    void expire(final SyncRequest request) {
        waits.remove(request);
        answer(request, Status.TIMEOUT, 0);
    }

    @Override
    void withdraw(final SyncRequest request) {
        waits.remove(request);
    }

    @Override
    void left(final long session) {
        // Nobody owns it.
    }

    @Override
    public String toString() {
        return "EVENT#" + objectId;
    }
}
