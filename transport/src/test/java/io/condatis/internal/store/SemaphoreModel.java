package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A semaphore, bounded or not. */
final class SemaphoreModel extends SyncModel {
    private final boolean bounded;
    private final List<SyncRequest> queue = new ArrayList<>();
    private final TreeMap<Long, Integer> taken = new TreeMap<>();
    private int free;

    SemaphoreModel(final int objectId, final boolean bounded, final int permits, final List<Expected> expected) {
        super(objectId, expected);
        this.bounded = bounded;
        free = permits;
    }

    @Override
    SyncRequest ask(final Random random, final long session, final long correlation) {
        final int choice = random.nextInt(10);
        if (choice < 5) {
            final SyncRequest acquire = new SyncRequest(SyncRequest.Op.ACQUIRE, session, correlation, this);
            acquire.encoder = (out, it) -> out.semaphoreAcquire(it.correlation, objectId, it.timeoutNs);
            return acquire;
        }
        if (choice < 9) {
            // Not too often more than are taken, or the unbounded one would never be waited for.
            final boolean own = bounded || taken.containsKey(session) || random.nextInt(8) == 0;
            final SyncRequest release = new SyncRequest(
                    own ? SyncRequest.Op.RELEASE : SyncRequest.Op.STATE,
                    session,
                    own && random.nextBoolean() ? 0 : correlation,
                    this);
            release.encoder = own
                    ? (out, it) -> out.semaphoreRelease(it.correlation, objectId)
                    : (out, it) -> out.semaphoreState(it.correlation, objectId);
            return release;
        }
        final SyncRequest state = new SyncRequest(SyncRequest.Op.STATE, session, correlation, this);
        state.encoder = (out, it) -> out.semaphoreState(it.correlation, objectId);
        return state;
    }

    @Override
    void handle(final SyncRequest request) {
        switch (request.op) {
            case ACQUIRE -> {
                if (free > 0) {
                    free--;
                    take(request);
                } else {
                    parks(request, queue);
                }
            }
            case RELEASE -> release(request);
            default -> answer(request, Status.OK, free);
        }
    }

    private void take(final SyncRequest request) {
        taken.merge(request.session, 1, Integer::sum);
        answer(request, Status.OK, 0);
    }

    private void release(final SyncRequest request) {
        if (taken.containsKey(request.session)) {
            drop(request.session);
        } else if (bounded && taken.isEmpty()) {
            answer(request, Status.ILLEGAL_STATE, 0);
            return;
        } else if (bounded) {
            expected.add(new Expected(taken.firstKey(), 0, null, 0));
            drop(taken.firstKey());
        }
        answer(request, Status.OK, 0);
        give(1);
    }

    private void drop(final long session) {
        taken.merge(session, -1, (now, less) -> now + less == 0 ? null : now + less);
    }

    private void give(final int permits) {
        for (int i = 0; i < permits; i++) {
            if (queue.isEmpty()) {
                free++;
            } else {
                take(queue.remove(0));
            }
        }
    }

    @Override
    List<SyncRequest> waiting() {
        return queue;
    }

    @Override
    void cancel(final SyncRequest request) {
        queue.remove(request);
        answer(request, Status.CANCELLED, 0);
    }

    @Override
    void expire(final SyncRequest request) {
        queue.remove(request);
        answer(request, Status.TIMEOUT, 0);
    }

    @Override
    void withdraw(final SyncRequest request) {
        queue.remove(request);
    }

    @Override
    void left(final long session) {
        final Integer had = taken.remove(session);
        give(had == null ? 0 : had);
    }

    @Override
    public String toString() {
        return (bounded ? "BOUNDED_SEMAPHORE#" : "SEMAPHORE#") + objectId;
    }
}
