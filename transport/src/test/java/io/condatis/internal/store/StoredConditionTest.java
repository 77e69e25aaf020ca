package io.condatis.internal.store;

import static io.condatis.internal.store.SyncFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StoredConditionTest {
    private final SyncFixture fixture = new SyncFixture(5, new StoreLimits().maxWaitingRequests(2));
    private final int lock = fixture.open(1, Kind.LOCK, 0);
    private final int condition = fixture.open(1, Kind.CONDITION, lock);
    private long first;
    private long second;

    /** Sessions 1 and 2 wait, in this order. */
    @BeforeEach
    void waitTwice() {
        first = fixture.await(1, condition, FOR_EVER, hold(1));
        second = fixture.await(2, condition, 900, hold(2));
    }

    @Test
    void shouldMoveAsManyAsSignalledToTheLock() {
        final long fence = hold(3);
        fixture.granted(fixture.signal(3, condition, fence, 1), Status.OK);
        fixture.assertWaits(first);
        fixture.release(3, lock, fence);
        final long firstFence = fixture.granted(first, Status.OK);
        assertTrue(firstFence > fence);
        fixture.assertWaits(second);

        fixture.granted(fixture.signal(1, condition, firstFence, 7), Status.OK);
        fixture.release(1, lock, firstFence);
        fixture.granted(second, Status.OK);
    }

    @Test
    void shouldTakeTheLockAgainWhenTheTimeIsUp() {
        final long fence = hold(3);
        fixture.advanceTo(2_000);
        fixture.assertWaits(second);
        fixture.release(3, lock, fence);
        fixture.granted(second, Status.TIMEOUT);
        fixture.granted(fixture.acquire(4, lock, 0), Status.TIMEOUT);
    }

    @Test
    void shouldTakeTheLockAgainWhenItIsTakenBack() {
        final long fence = hold(3);
        fixture.cancel(1, first);
        fixture.assertWaits(first);
        fixture.release(3, lock, fence);
        fixture.granted(first, Status.CANCELLED);
        fixture.granted(fixture.acquire(4, lock, 0), Status.TIMEOUT);
    }

    @Test
    void shouldKeepTheSignalWhenTheTimeIsUpOrItIsTakenBackAfterwards() {
        final long fence = hold(3);
        fixture.signal(3, condition, fence, 2);
        fixture.advanceTo(9_000);
        fixture.cancel(1, first);
        fixture.release(3, lock, fence);

        fixture.release(1, lock, fixture.granted(first, Status.OK));
        fixture.granted(second, Status.OK);
    }

    @Test
    void shouldTimeOutAtOnceButTakeTheLockInTurn() {
        final long fence = hold(3);
        final long other = fixture.acquire(4, lock, FOR_EVER);
        final long brief = fixture.await(3, condition, 0, fence);
        fixture.assertWaits(brief);
        fixture.release(4, lock, fixture.granted(other, Status.OK));
        final long again = fixture.granted(brief, Status.TIMEOUT);
        fixture.granted(fixture.await(3, condition, 0, again), Status.TIMEOUT);
    }

    @Test
    void shouldRefuseWhoeverDoesNotHoldTheLock() {
        final long fence = hold(3);
        fixture.assertRefused(fixture.await(4, condition, FOR_EVER, fence), Status.NOT_OWNER, "another's");
        fixture.assertRefused(fixture.await(3, condition, FOR_EVER, fence - 1), Status.NOT_OWNER, "another's");
        fixture.assertRefused(fixture.signal(3, condition, fence - 1, 1), Status.NOT_OWNER, "another's");
        fixture.assertWaits(first);
    }

    @Test
    void shouldNotGiveTheLockUpWhenItCannotWait() {
        fixture.acquire(3, lock, 0);
        final long waits = fixture.acquire(1, lock, FOR_EVER);
        fixture.close(3);
        final long fence = fixture.granted(waits, Status.OWNER_DIED);
        // The death has signalled: 1's wait is in the queue. With one more request 1 has as many as it may.
        fixture.acquire(1, lock, FOR_EVER);

        fixture.assertRefused(fixture.await(1, condition, FOR_EVER, fence), Status.LIMIT, "maxWaitingRequests");
        fixture.granted(fixture.release(1, lock, fence), Status.OK);
    }

    @Test
    void shouldDropADeadWaiter() {
        fixture.close(1);
        final long fence = hold(3);
        fixture.signal(3, condition, fence, 1);
        fixture.release(3, lock, fence);
        fixture.granted(second, Status.OK);
    }

    @Test
    void shouldPassOnTheSignalOfAWaiterThatDiesWithIt() {
        final long fence = hold(3);
        fixture.signal(3, condition, fence, 1);
        fixture.close(1);
        fixture.release(3, lock, fence);
        fixture.granted(second, Status.OK);
    }

    @Test
    void shouldEndAllWaitsWhenTheOwnerDies() {
        hold(3);
        fixture.close(3);
        final long fence = fixture.granted(first, Status.OK);
        assertTrue(fence < 0, "not said to be abandoned");
        fixture.release(1, lock, -fence);
        assertTrue(fixture.granted(second, Status.OK) < 0);
    }

    @Test
    void shouldTellItsWaitersWhenItOrItsLockIsDeleted() {
        fixture.delete(4, Kind.LOCK);
        fixture.assertRefused(first, Status.GONE, "deleted");
        fixture.assertRefused(second, Status.GONE, "deleted");
        fixture.assertRefused(fixture.await(1, condition, FOR_EVER, 1), Status.GONE, "lock of the condition");
        fixture.reload();
        fixture.assertRefused(fixture.signal(1, condition, 1, 1), Status.GONE, "lock of the condition");
        fixture.delete(4, Kind.CONDITION);
        fixture.assertRefused(fixture.await(1, condition, FOR_EVER, 1), Status.GONE, "deleted");
    }

    private long hold(final long session) {
        return fixture.granted(fixture.acquire(session, lock, 0), Status.OK);
    }
}
