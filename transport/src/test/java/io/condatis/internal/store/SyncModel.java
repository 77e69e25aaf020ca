package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What something that threads meet at must do: says for each input what the store has to put out. */
abstract class SyncModel {
    /**
     * A message that must come.
     *
     * @param session that it is for
     * @param correlation of the request it answers, 0 for a Lost
     * @param status null for a Lost
     * @param number that it carries
     */
    record Expected(long session, long correlation, Status status, long number) {}

    final int objectId;
    final List<Expected> expected;

    SyncModel(final int objectId, final List<Expected> expected) {
        this.objectId = objectId;
        this.expected = expected;
    }

    /** {@return something to ask} */
    abstract SyncRequest ask(Random random, long session, long correlation);

    /** The store handles a request. */
    abstract void handle(SyncRequest request);

    /** {@return the requests that wait here, those that come back from a condition included} */
    abstract List<SyncRequest> waiting();

    abstract void cancel(SyncRequest request);

    abstract void expire(SyncRequest request);

    /** The session of a waiting request has ended. */
    abstract void withdraw(SyncRequest request);

    /** A session has ended, its requests are withdrawn. */
    abstract void left(long session);

    final void answer(final SyncRequest request, final Status status, final long number) {
        if (request.correlation != 0) {
            expected.add(new Expected(request.session, request.correlation, status, number));
        }
    }

    /** {@return whether the request waits: not if it must not, then it is answered} */
    final boolean parks(final SyncRequest request, final List<SyncRequest> list) {
        if (request.timeoutNs == 0) {
            answer(request, Status.TIMEOUT, 0);
            return false;
        }
        list.add(request);
        return true;
    }

    static List<SyncRequest> copy(final List<SyncRequest> list) {
        return new ArrayList<>(list);
    }
}
