package io.condatis.internal.store;

import static io.condatis.internal.store.StoreFixture.AT_ONCE;
import static io.condatis.internal.store.StoreFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.condatis.internal.protocol.EntryPage;
import io.condatis.internal.protocol.ReferenceDescriptor;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StoreReferencesTest {
    private final StoreFixture fixture = new StoreFixture().sessions(3);

    @Test
    void shouldMakeAnotherAnonymousObjectEachTime() {
        assertNotEquals(fixture.make(1, Kind.DICT), fixture.make(1, Kind.DICT));
        assertEquals(2, fixture.objectCount(1));
    }

    @Test
    void shouldDeleteAnAnonymousObjectWhenItsLastReferenceIsReleased() {
        final int dict = fixture.make(1, Kind.DICT);
        fixture.attach(1, Kind.DICT, dict);
        fixture.release(1, dict, 1);
        fixture.assertStatus(fixture.put(1, dict, "k", "v"), Status.OK);

        fixture.release(1, dict, 1);
        fixture.assertRefused(fixture.get(1, dict, "k"), Status.GONE, "was deleted");
        assertEquals(0, fixture.objectCount(1));
    }

    @Test
    void shouldDeleteAnAnonymousObjectWhenItsLastSessionEnds() {
        final int dict = fixture.make(1, Kind.DICT);
        fixture.attach(2, Kind.DICT, dict);

        fixture.close(1);
        assertEquals(1, fixture.objectCount(3));
        fixture.close(2);
        assertEquals(0, fixture.objectCount(3));
    }

    @Test
    void shouldKeepANamedObjectWhenNobodyRefersToIt() {
        final int dict = fixture.dict(1);
        fixture.release(1, dict, 1);
        fixture.close(1);
        assertEquals(1, fixture.objectCount(2));
    }

    @Test
    void shouldKeepAnObjectWhileAStoredValueRefersToIt() {
        final int outer = fixture.dict(1);
        final int inner = fixture.make(1, Kind.DICT);
        fixture.assertStatus(fixture.putBytes(1, outer, "inner", reference(Kind.DICT, inner)), Status.OK);
        fixture.release(1, inner, 1);
        fixture.assertStatus(fixture.put(1, inner, "k", "v"), Status.OK);

        fixture.put(1, outer, "inner", "plain");
        fixture.release(1, inner, 1);
        assertEquals(1, fixture.objectCount(1));
    }

    @Test
    void shouldDeleteAWholeChainWhenItsHeadGoes() {
        final int head = fixture.make(1, Kind.DICT);
        int last = head;
        for (int i = 0; i < 5_000; i++) {
            final int next = fixture.make(1, Kind.DICT);
            fixture.putBytes(1, last, "next", reference(Kind.DICT, next));
            fixture.release(1, next, 1);
            last = next;
        }
        assertEquals(5_001, fixture.objectCount(1));

        fixture.release(1, head, 1);
        assertEquals(0, fixture.objectCount(1));
    }

    @Test
    void shouldGiveAReferenceToWhoeverReadsOne() {
        final int outer = fixture.dict(1);
        final int inner = fixture.make(1, Kind.DICT);
        fixture.putBytes(1, outer, "inner", reference(Kind.DICT, inner));
        fixture.close(1);

        fixture.get(2, outer, "inner");
        fixture.scan(2, outer, 0, 1_000);
        fixture.clear(2, outer);
        fixture.assertStatus(fixture.put(2, inner, "k", "v"), Status.OK);
        fixture.release(2, inner, 1);
        fixture.assertStatus(fixture.put(2, inner, "k", "v"), Status.OK);
        fixture.release(2, inner, 1);
        fixture.assertStatus(fixture.get(2, inner, "k"), Status.GONE);
    }

    @Test
    void shouldKeepAnObjectThatIsOnItsWayThroughAQueue() {
        final int queue = fixture.queue(1, 0);
        final int dict = fixture.make(1, Kind.DICT);
        fixture.assertStatus(fixture.enqueueBytes(1, queue, reference(Kind.DICT, dict)), Status.OK);
        fixture.release(1, dict, 1);
        assertEquals(2, fixture.objectCount(1));

        fixture.queue(2, 0);
        fixture.take(2, queue, AT_ONCE);
        fixture.acknowledge(2, queue, 1);
        fixture.assertStatus(fixture.put(2, dict, "k", "v"), Status.OK);
        fixture.close(2);
        assertEquals(1, fixture.objectCount(1));
    }

    @Test
    void shouldRefuseToStoreAReferenceToNothingOrToAnotherKind() {
        final int dict = fixture.dict(1);
        fixture.assertRefused(
                fixture.putBytes(1, dict, "k", reference(Kind.DICT, 99)), Status.ILLEGAL, "does not exist");
        fixture.assertRefused(
                fixture.putBytes(1, dict, "k", reference(Kind.LIST, dict)), Status.ILLEGAL, "another kind");
        fixture.assertRefused(fixture.attach(1, Kind.LIST, dict), Status.ILLEGAL, "is a DICT");
        fixture.assertStatus(fixture.get(1, dict, "k"), Status.ABSENT);
    }

    @Test
    void shouldExpelWhoReleasesMoreThanItWasGiven() {
        final int dict = fixture.make(1, Kind.DICT);
        assertThrows(ProtocolException.class, () -> fixture.release(1, dict, 2));
        assertThrows(ProtocolException.class, () -> fixture.release(2, dict, 1));
        assertThrows(ProtocolException.class, () -> fixture.release(1, dict, 0));
        assertThrows(ProtocolException.class, () -> fixture.release(1, 77, 1));
    }

    @Test
    void shouldTellEverybodyWhoWaitsWhenANamedObjectIsDeleted() {
        final int queue = fixture.queue(1, 1);
        fixture.queue(2, 1);
        final long take = fixture.take(1, queue, FOR_EVER);
        fixture.assertStatus(fixture.delete(3, "queue"), Status.OK);
        fixture.assertRefused(take, Status.GONE, "deleted meanwhile");
        fixture.assertStatus(fixture.enqueue(2, queue, AT_ONCE, "a"), Status.GONE);
        fixture.assertStatus(fixture.delete(3, "queue"), Status.ABSENT);

        assertNotEquals(queue, fixture.queue(1, 5));
        fixture.endOfBatch();
        fixture.close(1);
        fixture.close(2);
        assertEquals(1, fixture.objectCount(3));
    }

    @Test
    void shouldIgnoreWhatIsOnItsWayToADeletedQueue() {
        final int queue = fixture.queue(1, 10);
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.endOfBatch();
        fixture.delete(2, "queue");
        fixture.enqueueWithCredit(1, queue, "b");
        fixture.acknowledge(1, queue, 1);
        fixture.taken(1, queue);
        assertEquals(0, fixture.objectCount(1));
    }

    @Test
    void shouldGiveBackItsBytesWhenDeleted() {
        final StoreFixture small = new StoreFixture(new StoreLimits().maxTotalBytes(2_000)).sessions(1);
        for (int i = 0; i < 100; i++) {
            final int dict = small.dict(1);
            small.assertStatus(small.put(1, dict, "k", "v".repeat(1_000)), Status.OK);
            small.delete(1, "dict");
        }
        for (int i = 0; i < 100; i++) {
            final int queue = small.queue(1, 0);
            small.assertStatus(small.enqueue(1, queue, AT_ONCE, "v".repeat(1_000)), Status.OK);
            small.delete(1, "queue");
        }
    }

    @Test
    void shouldReturnItsItemsWhenASessionLeavesAnAnonymousQueue() {
        final int outer = fixture.dict(1);
        final int queue = fixture.make(1, Kind.JOINABLE_QUEUE);
        fixture.putBytes(1, outer, "queue", reference(Kind.JOINABLE_QUEUE, queue));
        fixture.enqueue(1, queue, AT_ONCE, "a");
        fixture.assertDelivered(fixture.take(1, queue, AT_ONCE), "a", 1);
        final long waiting = fixture.take(1, queue, FOR_EVER);

        fixture.release(1, queue, 1);
        fixture.assertStatus(waiting, Status.CANCELLED);
        fixture.attach(2, Kind.JOINABLE_QUEUE, queue);
        fixture.assertDelivered(fixture.take(2, queue, AT_ONCE), "a", 2);
    }

    @Test
    void shouldListObjectsInPages() {
        fixture.dict(1);
        for (int i = 0; i < 20; i++) {
            fixture.open(1, Kind.DICT, "d" + i, 0);
        }
        fixture.delete(1, "d7");
        final List<String> names = new ArrayList<>();
        long cursor = 0;
        do {
            final Received page = fixture.answer(fixture.objectScan(2, cursor, 100));
            cursor = page.number();
            final UnsafeBuffer bytes = new UnsafeBuffer(page.value());
            final EntryPage.Reader entries = new EntryPage.Reader().wrap(bytes, 0, bytes.capacity());
            while (entries.next()) {
                names.add(bytes.getStringWithoutLengthUtf8(entries.keyOffset(), entries.keyLength()));
            }
        } while (cursor != 0);
        assertEquals(20, names.size());
        assertEquals("dict", names.get(0));
        assertEquals("d8", names.get(8));
    }

    @Test
    void shouldHaveTheSameReferencesWhenLoaded() {
        final int outer = fixture.dict(1);
        final int late = fixture.make(1, Kind.DICT);
        final int early = fixture.make(2, Kind.DICT);
        fixture.putBytes(1, outer, "late", reference(Kind.DICT, late));
        fixture.putBytes(2, late, "early", reference(Kind.DICT, early));
        fixture.delete(1, "none");
        final byte[] before = fixture.snapshot();

        fixture.reload();
        assertArrayEquals(before, fixture.snapshot());
        fixture.close(1);
        fixture.close(2);
        assertEquals(3, fixture.objectCount(3));
        fixture.clear(3, outer);
        assertEquals(1, fixture.objectCount(3));
        assertEquals(early + 1, fixture.make(3, Kind.DICT));
    }

    private static byte[] reference(final Kind kind, final int objectId) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ReferenceDescriptor.LENGTH]);
        ReferenceDescriptor.put(buffer, 0, kind, objectId);
        return buffer.byteArray();
    }
}
