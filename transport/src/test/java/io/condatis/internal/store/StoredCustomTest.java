package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Session 1 provides, 2 and 3 use. */
@Timeout(10)
class StoredCustomTest {
    private static final long DIGEST = 77;
    private static final byte[] ARGUMENT = StoreFixture.bytes("argument");

    private final StoreFixture fixture = new StoreFixture(new StoreLimits()
                    .maxCallBytes(1_000)
                    .maxWaitingRequests(5)
                    .maxObjects(4)
                    .maxNameBytes(16))
            .sessions(3);

    @BeforeEach
    void provide() {
        fixture.assertStatus(provide(1, "counter", "other"), Status.OK);
    }

    @Test
    void shouldMakeOnceAndOpenForAllWhoAsked() {
        final long first = open(2, "counter", "c", ARGUMENT);
        final long second = open(3, "counter", "c");
        fixture.assertWaits(first);
        final Received make = last(Received.MAKE);
        assertEquals(1, count(Received.MAKE));
        assertArrayEquals(Requests.arguments(ARGUMENT), tail(make.value()));
        assertEquals(0, make.value()[0]);

        result(make, Status.OK, "");

        assertEquals(make.position(), fixture.answer(first).number());
        assertEquals(make.position(), fixture.answer(second).number());
        assertEquals(make.position(), fixture.answer(open(3, "counter", "c")).number());
        assertEquals(1, count(Received.MAKE));
    }

    @Test
    void shouldTellAllWhoAskedWhenTheFactoryFailsAndKeepNothing() {
        final long first = open(2, "counter", "c");
        final long second = open(3, "counter", "c");

        result(last(Received.MAKE), Status.FAILED, "thrown");

        fixture.assertAnswer(first, Status.FAILED, 0, "thrown");
        fixture.assertAnswer(second, Status.FAILED, 0, "thrown");
        assertEquals(0, fixture.objectCount(2));
        open(2, "counter", "c");
        assertEquals(2, count(Received.MAKE));
    }

    @Test
    void shouldRunCallsOfOneObjectOneByOneAndOfTwoAtOnce() {
        final int one = make(2, "a");
        final int two = make(2, "b");
        final long first = call(2, one, 3);
        final long second = call(3, one, 4);
        final long other = call(3, two, 5);

        assertEquals(List.of(3, 5), methods());
        result(invocation(3), Status.OK, "three");
        assertEquals(List.of(3, 5, 4), methods());
        result(invocation(4), Status.FAILED, "four");
        result(invocation(5), Status.ILLEGAL, "no such method");

        fixture.assertAnswer(first, Status.OK, 0, "three");
        fixture.assertAnswer(second, Status.FAILED, 0, "four");
        fixture.assertAnswer(other, Status.ILLEGAL, 0, "no such method");
    }

    @Test
    void shouldLetARunningCallEndBeforeTheNextWhenItIsCancelled() {
        final int id = make(2, "a");
        final long first = call(2, id, 1);
        final long second = call(2, id, 2);
        final long third = call(2, id, 3);

        fixture.cancel(2, first);
        fixture.cancel(2, second);

        fixture.assertStatus(first, Status.CANCELLED);
        fixture.assertStatus(second, Status.CANCELLED);
        assertEquals(List.of(1), methods());
        result(invocation(1), Status.OK, "late");
        assertEquals(List.of(1, 3), methods());
        result(invocation(3), Status.OK, "third");
        fixture.assertAnswer(third, Status.OK, 0, "third");
        assertThrows(ProtocolException.class, () -> result(invocation(3), Status.OK, "again"));
    }

    @Test
    void shouldForgetTheCallsOfASessionThatEnds() {
        final int id = make(2, "a");
        call(2, id, 1);
        call(2, id, 2);
        final long other = call(3, id, 3);

        fixture.close(2);
        result(invocation(1), Status.OK, "");
        result(invocation(3), Status.OK, "x");

        fixture.assertAnswer(other, Status.OK, 0, "x");
        assertEquals(List.of(1, 3), methods());
    }

    @Test
    void shouldTellEverybodyWhenTheProviderEnds() {
        final int id = make(2, "a");
        final long running = call(2, id, 1);
        final long waiting = call(3, id, 2);
        final long opening = open(3, "other", "b");

        fixture.close(1);

        fixture.assertRefused(running, Status.GONE, "has ended");
        fixture.assertRefused(waiting, Status.GONE, "has ended");
        fixture.assertRefused(opening, Status.GONE, "has ended");
        fixture.assertStatus(call(2, id, 3), Status.GONE);
        fixture.assertRefused(open(2, "counter", "a"), Status.ILLEGAL, "No custom type \"counter\"");
        assertEquals(0, count(Received.DISCARD));
        fixture.assertStatus(provide(3, "counter"), Status.OK);
    }

    @Test
    void shouldDiscardWhenDeletedOrUsedByNobody() {
        final int named = make(2, "a");
        final long running = call(3, named, 1);
        fixture.delete(2, "a");
        fixture.assertStatus(running, Status.GONE);
        assertEquals(named, last(Received.DISCARD).position());
        result(invocation(1), Status.OK, "late");

        final int anonymous = make(2, "");
        fixture.release(2, anonymous, 1);
        assertEquals(anonymous, last(Received.DISCARD).position());

        open(2, "counter", "");
        fixture.close(2);
        final Received make = last(Received.MAKE);
        result(make, Status.OK, "");
        assertEquals(make.position(), last(Received.DISCARD).position());
        assertEquals(0, fixture.objectCount(3));
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        fixture.dict(2);
        make(2, "a");
        fixture.assertRefused(open(2, "none", "x"), Status.ILLEGAL, "only [counter, other]");
        fixture.assertRefused(open(2, "other", "a"), Status.ILLEGAL, "custom object of the type \"counter\"");
        fixture.assertRefused(open(2, "other", "dict"), Status.ILLEGAL, "\"dict\" is a DICT");
        fixture.assertRefused(open(2, "other", "a name that is too long"), Status.LIMIT, "16 bytes (maxNameBytes)");
    }

    @Test
    void shouldRefuseAnotherVersionOfTheInterface() {
        fixture.requests.customOpen(fixture.nextCorrelation(), DIGEST + 1, "counter", "x");
        final long other = sent(2);
        fixture.assertRefused(other, Status.ILLEGAL, "another version");
        fixture.assertRefused(provide(2, "counter"), Status.ILLEGAL, "by another process already");
        fixture.assertRefused(fixture.open(2, Kind.CUSTOM, "x", (int) DIGEST), Status.ILLEGAL, "CustomOpen");
    }

    @Test
    void shouldNameTheLimits() {
        final int id = make(2, "a");
        fixture.assertRefused(call(2, id, 1, new byte[950]), Status.LIMIT, "1000 (maxCallBytes)");
        final long first = call(2, id, 1, new byte[800]);
        fixture.assertRefused(call(2, id, 1, new byte[100]), Status.LIMIT, "(maxCallBytes)");
        fixture.cancel(2, first);
        fixture.assertRefused(call(2, id, 1, new byte[100]), Status.LIMIT, "(maxCallBytes)");
        result(invocation(1), Status.OK, "");
        fixture.assertWaits(call(2, id, 2, new byte[800]));
        for (int i = 0; i < 3; i++) {
            make(3, "x" + i);
        }
        fixture.assertRefused(open(3, "counter", "y"), Status.LIMIT, "4 (maxObjects)");
    }

    @Test
    void shouldGiveReferencesInArgumentsAndResultsToThoseWhoGetThem() {
        final int id = make(2, "a");
        final int dict = fixture.make(2, Kind.DICT);
        call(2, id, 1, reference(dict));
        fixture.release(2, dict, 1);
        assertEquals(2, fixture.objectCount(2));

        fixture.requests.customResult(invocation(1).number(), id, Status.OK, reference(dict));
        fixture.sendEncoded(1);
        fixture.release(1, dict, 1);
        assertEquals(2, fixture.objectCount(2));
        fixture.release(2, dict, 1);
        assertEquals(1, fixture.objectCount(2));
        fixture.assertStatus(call(2, id, 2, reference(dict)), Status.ILLEGAL);
    }

    @Test
    void shouldGoOnAfterASnapshot() {
        final int id = make(2, "a");
        final long running = call(2, id, 1, ARGUMENT);
        final long waiting = call(3, id, 2, ARGUMENT);
        final long opening = open(2, "other", "b");
        final byte[] before = fixture.snapshot();

        fixture.reload();

        assertArrayEquals(before, fixture.snapshot());
        result(invocation(1), Status.OK, "one");
        fixture.assertAnswer(running, Status.OK, 0, "one");
        assertArrayEquals(Requests.arguments(ARGUMENT), tail(invocation(2).value()));
        result(last(Received.MAKE), Status.OK, "");
        assertTrue(fixture.answer(opening).number() > id);
        fixture.close(1);
        fixture.assertRefused(waiting, Status.GONE, "has ended");
    }

    @Test
    void shouldExpelWhoAnswersForAnother() {
        final int id = make(2, "a");
        call(2, id, 1);
        fixture.requests.customResult(invocation(1).number(), id, Status.OK, new byte[0]);
        assertThrows(ProtocolException.class, () -> fixture.sendEncoded(3));
        fixture.requests.customResult(invocation(1).number(), id, Status.GONE, new byte[0]);
        assertThrows(ProtocolException.class, () -> fixture.sendEncoded(1));
        fixture.requests.customResult(1, 99, Status.OK, new byte[0]);
        assertThrows(ProtocolException.class, () -> fixture.sendEncoded(1));
    }

    private long provide(final long session, final String... types) {
        fixture.requests.provide(fixture.nextCorrelation(), DIGEST, types);
        return sent(session);
    }

    private long open(final long session, final String type, final String name, final byte[]... arguments) {
        fixture.requests.customOpen(fixture.nextCorrelation(), DIGEST, type, name, arguments);
        return sent(session);
    }

    private int make(final long session, final String name) {
        final long opening = open(session, "counter", name);
        result(last(Received.MAKE), Status.OK, "");
        return (int) fixture.answer(opening).number();
    }

    private long call(final long session, final int objectId, final int method, final byte[]... arguments) {
        fixture.requests.customCall(fixture.nextCorrelation(), objectId, method, arguments);
        return sent(session);
    }

    private void result(final Received request, final Status status, final String value) {
        fixture.requests.customResult(request.number(), request.position(), status, StoreFixture.bytes(value));
        fixture.sendEncoded(1);
    }

    private long sent(final long session) {
        fixture.sendEncoded(session);
        return fixture.lastCorrelation();
    }

    private Received last(final int what) {
        return fixture.outbox.received.stream()
                .filter(message -> message.attempt() == what)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private Received invocation(final int method) {
        return fixture.outbox.received.stream()
                .filter(message -> message.attempt() == Received.INVOCATION && message.value()[0] == method)
                .findFirst()
                .orElseThrow();
    }

    private long count(final int what) {
        return fixture.outbox.received.stream()
                .filter(message -> message.attempt() == what)
                .count();
    }

    private List<Integer> methods() {
        return fixture.outbox.received.stream()
                .filter(message -> message.attempt() == Received.INVOCATION)
                .map(message -> (int) message.value()[0])
                .toList();
    }

    private static byte[] tail(final byte[] value) {
        return Arrays.copyOfRange(value, 1, value.length);
    }

    private static byte[] reference(final int objectId) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ReferenceDescriptor.put(buffer, 0, Kind.DICT, objectId);
        final byte[] bytes = new byte[ReferenceDescriptor.LENGTH];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
