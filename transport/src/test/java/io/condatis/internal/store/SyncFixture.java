package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A store with sessions, and requests to what threads meet at as methods. Correlations are chosen by the fixture. */
final class SyncFixture {
    static final long FOR_EVER = -1;

    final RecordingOutbox outbox = new RecordingOutbox();
    long nowNs = 1_000;
    Store store;

    private final SyncRequests requests = new SyncRequests();
    private final Requests common = new Requests();
    private final StoreLimits limits;
    private long lastCorrelation;

    SyncFixture(final int sessions) {
        this(sessions, new StoreLimits());
    }

    SyncFixture(final int sessions, final StoreLimits limits) {
        this.limits = limits;
        store = newStore();
        for (int session = 1; session <= sessions; session++) {
            store.onOpen(session);
        }
    }

    /** {@return the id of the object of that kind and argument that all tests share} */
    int open(final long session, final Kind kind, final long argument) {
        return (int) answer(tryOpen(session, kind, kind.name(), argument)).number();
    }

    long tryOpen(final long session, final Kind kind, final String name, final long argument) {
        common.open(++lastCorrelation, kind, name, argument);
        return sendCommon(session);
    }

    void delete(final long session, final Kind kind) {
        common.delete(++lastCorrelation, kind.name());
        sendCommon(session);
    }

    void cancel(final long session, final long correlation) {
        common.cancel(correlation);
        sendCommon(session);
    }

    private long sendCommon(final long session) {
        store.onMessage(session, nowNs, common.buffer, Requests.OFFSET, common.length());
        return lastCorrelation;
    }

    long acquire(final long session, final int lock, final long timeoutNs) {
        return acquire(session, lock, timeoutNs, 1);
    }

    long acquire(final long session, final int lock, final long timeoutNs, final long thread) {
        requests.acquire(++lastCorrelation, lock, timeoutNs, thread);
        return send(session);
    }

    long release(final long session, final int lock, final long fence) {
        requests.release(++lastCorrelation, lock, fence);
        return send(session);
    }

    void releaseSilently(final long session, final int lock, final long fence) {
        requests.release(0, lock, fence);
        send(session);
    }

    long consistent(final long session, final int lock, final long fence) {
        requests.consistent(++lastCorrelation, lock, fence);
        return send(session);
    }

    long lockState(final long session, final int lock) {
        requests.lockState(++lastCorrelation, lock);
        return send(session);
    }

    long take(final long session, final int semaphore, final long timeoutNs) {
        requests.semaphoreAcquire(++lastCorrelation, semaphore, timeoutNs);
        return send(session);
    }

    long give(final long session, final int semaphore) {
        requests.semaphoreRelease(++lastCorrelation, semaphore);
        return send(session);
    }

    long available(final long session, final int semaphore) {
        requests.semaphoreState(++lastCorrelation, semaphore);
        return answer(send(session)).number();
    }

    long await(final long session, final int condition, final long timeoutNs, final long fence) {
        requests.conditionWait(++lastCorrelation, condition, timeoutNs, fence);
        return send(session);
    }

    long signal(final long session, final int condition, final long fence, final int count) {
        requests.conditionNotify(++lastCorrelation, condition, fence, count);
        return send(session);
    }

    long awaitEvent(final long session, final int event, final long timeoutNs) {
        requests.eventWait(++lastCorrelation, event, timeoutNs);
        return send(session);
    }

    void set(final long session, final int event) {
        requests.eventSet(++lastCorrelation, event);
        send(session);
    }

    void clear(final long session, final int event) {
        requests.eventClear(++lastCorrelation, event);
        send(session);
    }

    long arrive(final long session, final int barrier, final long timeoutNs, final boolean acts) {
        requests.barrierWait(++lastCorrelation, barrier, timeoutNs, acts);
        return send(session);
    }

    long acted(final long session, final int barrier, final long arrival, final boolean failed) {
        requests.barrierActed(++lastCorrelation, barrier, arrival, failed);
        return send(session);
    }

    void abort(final long session, final int barrier) {
        requests.barrierAbort(++lastCorrelation, barrier, BreakCause.ABORT);
        send(session);
    }

    void reset(final long session, final int barrier) {
        requests.barrierReset(++lastCorrelation, barrier);
        send(session);
    }

    private long send(final long session) {
        store.onMessage(session, nowNs, requests.buffer, 0, requests.length());
        return lastCorrelation;
    }

    void close(final long session) {
        store.onClose(session, nowNs);
    }

    void advanceTo(final long timeNs) {
        nowNs = timeNs;
        for (final long timerId : List.copyOf(outbox.timers.keySet())) {
            if (outbox.timers.containsKey(timerId) && outbox.timers.get(timerId) <= nowNs) {
                outbox.timers.remove(timerId);
                store.onTimer(timerId, nowNs);
            }
        }
    }

    byte[] snapshot() {
        final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[store.snapshot(snapshot, 0)];
        snapshot.getBytes(0, bytes);
        return bytes;
    }

    /** Go on with a store loaded from a snapshot of this one. */
    void reload() {
        final byte[] snapshot = snapshot();
        store = newStore();
        store.load(new UnsafeBuffer(snapshot), 0, snapshot.length);
    }

    Store newStore() {
        return new Store(outbox, new SimulatedWindows(), limits);
    }

    /** {@return the fence of the grant that a request was answered with} */
    long granted(final long correlation, final Status status) {
        assertEquals(
                status, answer(correlation).status(), () -> answer(correlation).text());
        return answer(correlation).number();
    }

    void assertAnswer(final long correlation, final Status status, final long number) {
        assertEquals(number, granted(correlation, status));
    }

    void assertRefused(final long correlation, final Status status, final String words) {
        final Received answer = answer(correlation);
        assertEquals(status, answer.status(), answer::text);
        assertTrue(answer.text().contains(words), answer::text);
    }

    void assertWaits(final long correlation) {
        assertTrue(answers(correlation).isEmpty(), () -> "answered already: " + answers(correlation));
    }

    /** {@return the fences of what a session was told that it has lost} */
    List<Long> lost(final long session) {
        return outbox.received.stream()
                .filter(message -> message.session() == session && message.correlation() == 0)
                .map(Received::number)
                .toList();
    }

    Received answer(final long correlation) {
        final List<Received> answers = answers(correlation);
        assertEquals(1, answers.size(), () -> "answers to " + correlation + ": " + answers);
        return answers.get(0);
    }

    private List<Received> answers(final long correlation) {
        return outbox.received.stream()
                .filter(message -> message.correlation() == correlation)
                .toList();
    }
}
