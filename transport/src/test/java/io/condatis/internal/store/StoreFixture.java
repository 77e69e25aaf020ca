package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Flag;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.agrona.ExpandableArrayBuffer;

/** A store, its windows and what it put out, with the requests as methods. Correlations are chosen by the fixture. */
final class StoreFixture {
    static final long FOR_EVER = -1;
    static final long AT_ONCE = 0;

    final RecordingOutbox outbox = new RecordingOutbox();
    final SimulatedWindows windows = new SimulatedWindows();
    final Requests requests = new Requests();
    long nowNs = 1_000;
    Store store;

    /** Whether what is sent arrives. */
    boolean arrives = true;

    private final Map<Long, Integer> windowOf = new HashMap<>();
    private final StoreLimits limits;
    private long lastCorrelation;

    StoreFixture() {
        this(new StoreLimits());
    }

    StoreFixture(final StoreLimits limits) {
        this.limits = limits;
        store = newStore();
        outbox.onSend = this::receive;
    }

    /** As a client does: what answers a request is taken from the window when it arrives. */
    private void receive(final Received message) {
        outbox.received.add(message);
        if (message.isOpened()) {
            windowOf.put(message.session() << Integer.SIZE | message.number(), message.position());
        } else if (arrives && message.isDelivery() && message.correlation() != 0) {
            final int window = windowOf.get(message.session() << Integer.SIZE | message.number());
            if (window != Windows.NONE) {
                windows.cell(window).received = message.position();
            }
        }
    }

    Store newStore() {
        return new Store(outbox, windows, limits);
    }

    /** Open sessions 1 to count. */
    StoreFixture sessions(final int count) {
        for (int session = 1; session <= count; session++) {
            store.onOpen(session);
        }
        return this;
    }

    int dict(final long session) {
        return (int) answer(open(session, Kind.DICT, "dict", 0)).number();
    }

    /** Open the queue of all tests for a session. */
    int queue(final long session, final int capacity) {
        return (int)
                answer(open(session, Kind.JOINABLE_QUEUE, "queue", capacity)).number();
    }

    /** {@return the window of a session that opens the queue once more} */
    int window(final long session, final int capacity) {
        return answer(open(session, Kind.JOINABLE_QUEUE, "queue", capacity)).position();
    }

    long open(final long session, final Kind kind, final String name, final int capacity) {
        requests.open(++lastCorrelation, kind, name, capacity);
        return send(session);
    }

    /** {@return the id of an anonymous object that a session has made} */
    int make(final long session, final Kind kind) {
        return (int) answer(open(session, kind, "", 0)).number();
    }

    long attach(final long session, final Kind kind, final int objectId) {
        requests.attach(++lastCorrelation, kind, objectId);
        return send(session);
    }

    void release(final long session, final int objectId, final int count) {
        requests.release(objectId, count);
        send(session);
    }

    long delete(final long session, final String name) {
        requests.delete(++lastCorrelation, name);
        return send(session);
    }

    long objectScan(final long session, final long cursor, final int maxBytes) {
        requests.objectScan(++lastCorrelation, cursor, maxBytes);
        return send(session);
    }

    long objectCount(final long session) {
        requests.objectCount(++lastCorrelation);
        return answer(send(session)).number();
    }

    long putBytes(final long session, final int dict, final String key, final byte[] value) {
        requests.dictPut(++lastCorrelation, dict, Condition.ALWAYS, bytes(key), value, new byte[0]);
        return send(session);
    }

    long enqueueBytes(final long session, final int queue, final byte[] body) {
        requests.queuePut(++lastCorrelation, queue, AT_ONCE, body);
        return send(session);
    }

    long get(final long session, final int dict, final String key) {
        requests.dictGet(++lastCorrelation, dict, bytes(key));
        return send(session);
    }

    long put(final long session, final int dict, final String key, final String value) {
        return put(session, dict, Condition.ALWAYS, key, value, "");
    }

    long put(
            final long session,
            final int dict,
            final Condition condition,
            final String key,
            final String value,
            final String expected) {
        requests.dictPut(++lastCorrelation, dict, condition, bytes(key), bytes(value), bytes(expected));
        return send(session);
    }

    long remove(
            final long session, final int dict, final Condition condition, final String key, final String expected) {
        requests.dictRemove(++lastCorrelation, dict, condition, bytes(key), bytes(expected));
        return send(session);
    }

    long size(final long session, final int dict) {
        requests.dictSize(++lastCorrelation, dict);
        return send(session);
    }

    long clear(final long session, final int dict) {
        requests.dictClear(++lastCorrelation, dict);
        return send(session);
    }

    long scan(final long session, final int dict, final long cursor, final int maxBytes) {
        requests.dictScan(++lastCorrelation, dict, cursor, maxBytes, Flag.YES);
        return send(session);
    }

    long enqueue(final long session, final int queue, final long timeoutNs, final String body) {
        requests.queuePut(++lastCorrelation, queue, timeoutNs, bytes(body));
        return send(session);
    }

    void enqueueWithCredit(final long session, final int queue, final String body) {
        requests.queuePut(0, queue, 0, bytes(body));
        send(session);
    }

    long take(final long session, final int queue, final long timeoutNs) {
        requests.queueTake(++lastCorrelation, queue, timeoutNs);
        return send(session);
    }

    void acknowledge(final long session, final int queue, final int sequence) {
        requests.queueAck(queue, sequence);
        send(session);
    }

    void taken(final long session, final int queue) {
        requests.queueTaken(queue);
        send(session);
    }

    long join(final long session, final int queue, final long timeoutNs) {
        requests.queueJoin(++lastCorrelation, queue, timeoutNs);
        return send(session);
    }

    long queueSize(final long session, final int queue) {
        requests.queueSize(++lastCorrelation, queue);
        return answer(send(session)).number();
    }

    long queueScan(final long session, final int queue, final long cursor, final int maxBytes) {
        requests.queueScan(++lastCorrelation, queue, cursor, cursor == 0 ? Long.MIN_VALUE : 0, maxBytes);
        return send(session);
    }

    long drain(final long session, final int queue, final int most) {
        requests.queueDrain(++lastCorrelation, queue, most);
        return send(session);
    }

    long giveBack(final long session, final int queue, final int sequence) {
        requests.queueGiveBack(++lastCorrelation, queue, sequence);
        return send(session);
    }

    long removeItem(final long session, final int queue, final long priority, final long arrival) {
        requests.queueRemove(++lastCorrelation, queue, priority, arrival);
        return send(session);
    }

    long deadLetters(final long session, final int queue, final int maxAttempts, final int target) {
        requests.queueDeadLetters(++lastCorrelation, queue, maxAttempts, target);
        return send(session);
    }

    long enqueueAll(final long session, final int queue, final String... bodies) {
        final byte[][] contents = new byte[bodies.length][];
        for (int i = 0; i < bodies.length; i++) {
            contents[i] = bytes(bodies[i]);
        }
        requests.queuePutAll(++lastCorrelation, queue, contents);
        return send(session);
    }

    long enqueue(final long session, final int queue, final long timeoutNs, final long priority, final String body) {
        requests.queuePut(++lastCorrelation, queue, timeoutNs, priority, bytes(body));
        return send(session);
    }

    /** Send whatever an encoder makes of the correlation it is given. */
    long request(final long session, final ObjLongConsumer<Requests> encoder) {
        encoder.accept(requests, ++lastCorrelation);
        return send(session);
    }

    void cancel(final long session, final long correlation) {
        requests.cancel(correlation);
        send(session);
    }

    /** Let time pass and its timers fire. */
    void advanceTo(final long timeNs) {
        nowNs = timeNs;
        for (final long timerId : List.copyOf(outbox.timers.keySet())) {
            if (outbox.timers.containsKey(timerId) && outbox.timers.get(timerId) <= nowNs) {
                outbox.timers.remove(timerId);
                store.onTimer(timerId, nowNs);
            }
        }
    }

    void endOfBatch() {
        store.endOfBatch(nowNs);
    }

    void close(final long session) {
        store.onClose(session, nowNs);
    }

    /** Go on with a store loaded from a snapshot of this one. */
    void reload() {
        final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
        final int length = store.snapshot(snapshot, 0);
        store = newStore();
        store.load(snapshot, 0, length);
    }

    byte[] snapshot() {
        final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
        final byte[] bytes = new byte[store.snapshot(snapshot, 0)];
        snapshot.getBytes(0, bytes);
        return bytes;
    }

    /** {@return the one answer to a request} */
    Received answer(final long correlation) {
        final List<Received> answers = answers(correlation);
        assertEquals(1, answers.size(), () -> "answers to " + correlation + ": " + answers);
        return answers.get(0);
    }

    void assertWaits(final long correlation) {
        assertTrue(answers(correlation).isEmpty(), () -> "answered already: " + answers(correlation));
    }

    void assertAnswer(final long correlation, final Status status, final long number, final String value) {
        final Received answer = answer(correlation);
        assertEquals(status, answer.status(), answer::text);
        assertEquals(number, answer.number());
        assertEquals(value, answer.text());
    }

    void assertStatus(final long correlation, final Status status) {
        assertEquals(
                status, answer(correlation).status(), () -> answer(correlation).text());
    }

    /** The request was answered so, with a sentence that holds these words. */
    void assertRefused(final long correlation, final Status status, final String words) {
        assertStatus(correlation, status);
        assertTrue(
                answer(correlation).text().contains(words), answer(correlation).text());
    }

    void assertDelivered(final long correlation, final String body, final int attempt) {
        final Received answer = answer(correlation);
        assertNull(answer.status(), answer::text);
        assertEquals(body, answer.text());
        assertEquals(attempt, answer.attempt());
    }

    /** {@return the bodies delivered to a session ahead of its demand, in order} */
    List<String> ahead(final long session) {
        final List<String> bodies = new ArrayList<>();
        for (final Received message : outbox.received) {
            if (message.session() == session && message.isDelivery() && message.correlation() == 0) {
                bodies.add(message.text());
            }
        }
        return bodies;
    }

    private List<Received> answers(final long correlation) {
        return outbox.received.stream()
                .filter(message -> message.correlation() == correlation)
                .toList();
    }

    long nextCorrelation() {
        return ++lastCorrelation;
    }

    long lastCorrelation() {
        return lastCorrelation;
    }

    /** Send what was encoded last into {@link #requests}. */
    void sendEncoded(final long session) {
        send(session);
    }

    private long send(final long session) {
        store.onMessage(session, nowNs, requests.buffer, Requests.OFFSET, requests.length());
        return lastCorrelation;
    }

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
