package io.condatis.internal.store;

import static io.condatis.internal.store.SyncFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.ConditionArgument;
import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks, conditions, semaphores, events and barriers go on where they were. */
@Timeout(10)
class SyncSnapshotTest {
    private final SyncFixture fixture = new SyncFixture(5);
    private int lock;
    private int condition;
    private int semaphore;
    private int event;
    private int barrier;
    private long fence;
    private long wait;
    private long comesBack;
    private long take;
    private long awaits;
    private long party;
    private long actor;
    private long late;

    @BeforeEach
    void fill() {
        lock = fixture.open(1, Kind.REENTRANT_LOCK, 0);
        condition = fixture.open(1, Kind.CONDITION, ConditionArgument.of(lock, true));
        semaphore = fixture.open(1, Kind.BOUNDED_SEMAPHORE, 1);
        event = fixture.open(1, Kind.EVENT, 0);
        barrier = fixture.open(1, Kind.BARRIER, 2);
        fixture.acquire(5, lock, 0);
        fixture.close(5);
        comesBack =
                fixture.await(2, condition, FOR_EVER, fixture.granted(fixture.acquire(2, lock, 0), Status.OWNER_DIED));
        wait = fixture.await(3, condition, 600, fixture.granted(fixture.acquire(3, lock, 0), Status.OWNER_DIED));
        fence = fixture.granted(fixture.acquire(1, lock, 0, 9), Status.OWNER_DIED);
        fixture.signal(1, condition, fence, 1);
        fixture.take(1, semaphore, 0);
        take = fixture.take(2, semaphore, 700);
        awaits = fixture.awaitEvent(4, event, FOR_EVER);
        party = fixture.arrive(2, barrier, FOR_EVER, false);
        actor = fixture.arrive(3, barrier, FOR_EVER, true);
        late = fixture.arrive(4, barrier, FOR_EVER, true);
    }

    @Test
    void shouldHaveTheSameBytesWhenLoadedIntoAnotherStore() {
        final byte[] before = fixture.snapshot();
        fixture.reload();
        assertArrayEquals(before, fixture.snapshot());
    }

    @Test
    void shouldGoOnWhereItWas() {
        fixture.reload();
        fixture.assertRefused(fixture.acquire(1, lock, 0, 9), Status.ILLEGAL_STATE, "already");
        fixture.release(1, lock, fence);
        final long next = -fixture.granted(comesBack, Status.OK);
        assertTrue(next > fence, "the fence went back: " + next);
        fixture.advanceTo(2_000);
        fixture.granted(take, Status.TIMEOUT);
        fixture.release(2, lock, next);
        fixture.granted(wait, Status.TIMEOUT);
        fixture.set(1, event);
        fixture.granted(awaits, Status.OK);
        fixture.assertAnswer(fixture.acted(3, barrier, actor, false), Status.OK, 1);
        fixture.assertAnswer(party, Status.OK, 0);
        final long last = fixture.arrive(2, barrier, FOR_EVER, false);
        fixture.assertAnswer(late, Status.OK, 0);
        fixture.assertAnswer(last, Status.OK, 1);
    }

    @Test
    void shouldKnowWhoOwnsWhatWhenSomebodyDiesAfterwards() {
        fixture.reload();
        fixture.close(1);
        fixture.granted(take, Status.OK);
        assertTrue(fixture.granted(comesBack, Status.OK) < 0);
        fixture.close(3);
        fixture.assertAnswer(party, Status.BROKEN, BreakCause.DEATH.value());
        fixture.close(2);
        assertEquals(1, fixture.available(4, semaphore));
    }

    @Test
    void shouldPassOnTheSignalOfAWaiterThatDiesAfterwards() {
        fixture.reload();
        fixture.close(2);
        fixture.release(1, lock, fence);
        assertTrue(fixture.granted(wait, Status.OK) < 0);
    }

    @Test
    void shouldSayThatASnapshotIsCutOff() {
        final byte[] snapshot = fixture.snapshot();
        for (int length = 0; length < snapshot.length; length++) {
            final int cut = length;
            assertThrows(CondatisException.class, () -> fixture.newStore().load(new UnsafeBuffer(snapshot), 0, cut));
        }
    }
}
