package io.condatis.internal.store;

import static io.condatis.internal.store.StoreFixture.AT_ONCE;
import static io.condatis.internal.store.StoreFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.sbe.Condition;
import io.condatis.internal.protocol.sbe.Status;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StoreSnapshotTest {
    private final StoreFixture fixture = new StoreFixture().sessions(4);

    @Test
    void shouldHaveTheSameBytesWhenLoadedIntoAnotherStore() {
        fill();
        final byte[] before = fixture.snapshot();

        fixture.reload();

        assertArrayEquals(before, fixture.snapshot());
    }

    @Test
    void shouldGoOnWithWaitingRequestsAndTimersWhenLoaded() {
        final int queue = fixture.queue(1, 1);
        final long take = fixture.take(1, queue, 500);
        fixture.reload();
        fixture.queue(2, 1);
        fixture.enqueue(2, queue, AT_ONCE, "a");
        fixture.assertDelivered(take, "a", 1);

        final long join = fixture.join(2, queue, 700);
        fixture.reload();
        fixture.advanceTo(5_000);
        fixture.assertStatus(join, Status.TIMEOUT);
    }

    @Test
    void shouldScheduleThePendingTimersOnceMoreWhenAsked() {
        final int queue = fixture.queue(1, 1);
        fixture.take(1, queue, 500);
        fixture.take(1, queue, FOR_EVER);
        fixture.take(1, queue, 300);
        final Map<Long, Long> before = new TreeMap<>(fixture.outbox.timers);
        fixture.outbox.timers.clear();

        fixture.reload();
        assertTrue(fixture.outbox.timers.isEmpty());
        fixture.store.scheduleTimers();
        assertEquals(before, fixture.outbox.timers);
    }

    @Test
    void shouldRedeliverAfterADeathWhenLoaded() {
        fill();
        fixture.reload();
        final int queue = fixture.queue(4, 3);

        fixture.close(2);
        fixture.close(1);
        fixture.assertDelivered(fixture.take(4, queue, AT_ONCE), "0", 2);
        fixture.assertDelivered(fixture.take(4, queue, AT_ONCE), "1", 1);
        fixture.assertDelivered(fixture.take(4, queue, AT_ONCE), "2", 1);
    }

    @Test
    void shouldKeepTheLimitsOnBytesWhenLoaded() {
        final StoreFixture small = new StoreFixture(new StoreLimits().maxTotalBytes(1_000)).sessions(1);
        final int dict = small.dict(1);
        for (int i = 0; i < 10; i++) {
            small.assertStatus(small.put(1, dict, "k" + i, "x".repeat(30)), Status.OK);
        }

        small.reload();
        small.assertStatus(small.put(1, dict, "new", "x".repeat(30)), Status.LIMIT);
        small.remove(1, dict, Condition.ALWAYS, "k5", "");
        small.assertStatus(small.put(1, dict, "new", "x".repeat(28)), Status.OK);
    }

    @Test
    void shouldTakeTheSeedOfTheSnapshot() {
        final int dict = fixture.dict(1);
        fixture.put(1, dict, "key", "value");
        final byte[] snapshot = fixture.snapshot();
        final Store other = new Store(new RecordingOutbox(), new SimulatedWindows(), new StoreLimits().hashSeed(42));

        other.load(new UnsafeBuffer(snapshot), 0, snapshot.length);
        fixture.store = other;
        assertArrayEquals(snapshot, fixture.snapshot());
    }

    @Test
    void shouldSayWhatIsWrongWhenItIsNotASnapshotOfThisVersion() {
        fill();
        final byte[] snapshot = fixture.snapshot();
        for (int length = 0; length < snapshot.length; length++) {
            final int cut = length;
            assertThrows(CondatisException.class, () -> fixture.newStore().load(new UnsafeBuffer(snapshot), 0, cut));
        }
        snapshot[4] = 9;
        assertTrue(assertThrows(CondatisException.class, () -> fixture.newStore()
                        .load(new UnsafeBuffer(snapshot), 0, snapshot.length))
                .getMessage()
                .contains("version 9"));
        snapshot[0] = 9;
        assertThrows(
                CondatisException.class, () -> fixture.newStore().load(new UnsafeBuffer(snapshot), 0, snapshot.length));
    }

    @Test
    void shouldRefuseToLoadWhenTheStoreIsInUse() {
        final byte[] snapshot = fixture.snapshot();

        assertThrows(
                IllegalStateException.class, () -> fixture.store.load(new UnsafeBuffer(snapshot), 0, snapshot.length));
    }

    /** Leaves the queue with an item taken by session 2, one ahead of it, credits at 1, and waiting requests. */
    private void fill() {
        final int dict = fixture.dict(1);
        fixture.put(1, dict, "a", "1");
        fixture.put(1, dict, "b", "2");
        fixture.remove(1, dict, Condition.ALWAYS, "a", "");
        final int queue = fixture.queue(1, 3);
        fixture.queue(2, 3);
        fixture.queue(3, 3);
        fixture.enqueue(1, queue, AT_ONCE, "0");
        fixture.enqueue(1, queue, AT_ONCE, "1");
        fixture.take(2, queue, AT_ONCE);
        fixture.endOfBatch();
        fixture.enqueue(3, queue, AT_ONCE, "2");
        fixture.enqueue(3, queue, AT_ONCE, "3");
        fixture.enqueue(3, queue, 1_000, "4");
        fixture.enqueue(3, queue, FOR_EVER, "5");
        fixture.join(3, queue, 2_000);
    }
}
