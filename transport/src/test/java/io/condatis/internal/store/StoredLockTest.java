package io.condatis.internal.store;

import static io.condatis.internal.store.SyncFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StoredLockTest {
    private final SyncFixture fixture = new SyncFixture(4, new StoreLimits().maxWaitingRequests(2));
    private final int lock = fixture.open(1, Kind.LOCK, 0);
    private final int reentrant = fixture.open(1, Kind.REENTRANT_LOCK, 0);

    @Test
    void shouldBeGrantedInTheOrderOfAskingWithGreaterAndGreaterFences() {
        final long first = fixture.granted(fixture.acquire(1, lock, 0), Status.OK);
        final long second = fixture.acquire(2, lock, FOR_EVER);
        final long third = fixture.acquire(1, lock, FOR_EVER);
        fixture.granted(fixture.acquire(3, lock, 0), Status.TIMEOUT);
        fixture.granted(fixture.release(1, lock, first), Status.OK);

        final long secondFence = fixture.granted(second, Status.OK);
        assertTrue(secondFence > first);
        fixture.assertWaits(third);
        fixture.releaseSilently(2, lock, secondFence);
        assertTrue(fixture.granted(third, Status.OK) > secondFence);
    }

    @Test
    void shouldGiveFencesInOneOrderToAllLocks() {
        final long first = fixture.granted(fixture.acquire(1, lock, 0), Status.OK);
        final long second = fixture.granted(fixture.acquire(1, reentrant, 0), Status.OK);
        fixture.delete(1, Kind.LOCK);
        final long third = fixture.granted(fixture.acquire(1, fixture.open(1, Kind.LOCK, 0), 0), Status.OK);

        assertTrue(first < second && second < third);
    }

    @Test
    void shouldRefuseAStaleReleaseAndChangeNothing() {
        final long old = fixture.granted(fixture.acquire(1, lock, 0), Status.OK);
        fixture.release(1, lock, old);
        fixture.assertRefused(fixture.release(1, lock, old), Status.NOT_OWNER, "free");
        final long now = fixture.granted(fixture.acquire(2, lock, 0), Status.OK);

        fixture.assertRefused(fixture.release(1, lock, old), Status.NOT_OWNER, "held with fence " + now);
        fixture.releaseSilently(1, lock, old);
        fixture.granted(fixture.acquire(3, lock, 0), Status.TIMEOUT);
    }

    @Test
    void shouldLetAnybodyReleaseItWhenNotReentrantAndTellTheOwner() {
        final long fence = fixture.granted(fixture.acquire(1, lock, 0), Status.OK);
        fixture.granted(fixture.release(2, lock, 0), Status.OK);

        assertEquals(List.of(fence), fixture.lost(1));
        fixture.assertRefused(fixture.release(2, lock, 0), Status.NOT_OWNER, "nobody holds it");
        fixture.granted(fixture.acquire(3, lock, 0), Status.OK);
    }

    @Test
    void shouldLetOnlyTheOwnerReleaseItWhenReentrant() {
        final long fence = fixture.granted(fixture.acquire(1, reentrant, 0, 5), Status.OK);

        fixture.assertRefused(fixture.release(2, reentrant, 0), Status.NOT_OWNER, "owner only");
        fixture.assertRefused(fixture.release(2, reentrant, fence), Status.NOT_OWNER, "another's");
        fixture.assertRefused(fixture.acquire(1, reentrant, FOR_EVER, 5), Status.ILLEGAL_STATE, "already");
        final long other = fixture.acquire(1, reentrant, FOR_EVER, 6);
        fixture.assertWaits(other);
        fixture.release(1, reentrant, fence);
        fixture.granted(other, Status.OK);
    }

    @Test
    void shouldPassToTheNextAndSayThatTheOwnerDiedUntilRepaired() {
        fixture.acquire(1, lock, 0);
        final long next = fixture.acquire(2, lock, FOR_EVER);
        fixture.close(1);

        final long fence = fixture.granted(next, Status.OWNER_DIED);
        fixture.release(2, lock, fence);
        final long later = fixture.granted(fixture.acquire(3, lock, 0), Status.OWNER_DIED);
        fixture.assertRefused(fixture.consistent(2, lock, fence), Status.NOT_OWNER, "has ended");
        fixture.granted(fixture.consistent(3, lock, later), Status.OK);
        fixture.release(3, lock, later);
        fixture.granted(fixture.acquire(2, lock, 0), Status.OK);
    }

    @Test
    void shouldForgetTheRequestsOfADeadSession() {
        final long fence = fixture.granted(fixture.acquire(1, lock, 0), Status.OK);
        fixture.acquire(2, lock, FOR_EVER);
        final long third = fixture.acquire(3, lock, 500);
        fixture.close(2);
        fixture.release(1, lock, fence);

        fixture.granted(third, Status.OK);
        assertTrue(fixture.outbox.timers.isEmpty());
    }

    @Test
    void shouldAnswerWhenTheTimeIsUpOrTheClientTakesItBack() {
        final long fence = fixture.granted(fixture.acquire(1, lock, 0), Status.OK);
        final long late = fixture.acquire(2, lock, 500);
        final long cancelled = fixture.acquire(3, lock, FOR_EVER);
        fixture.advanceTo(1_600);
        fixture.granted(late, Status.TIMEOUT);
        fixture.cancel(3, cancelled);
        fixture.granted(cancelled, Status.CANCELLED);
        fixture.cancel(3, cancelled);

        fixture.release(1, lock, fence);
        fixture.granted(fixture.acquire(4, lock, 0), Status.OK);
    }

    @Test
    void shouldLimitHowManyRequestsOfASessionWait() {
        fixture.acquire(1, lock, 0);
        fixture.acquire(2, lock, FOR_EVER);
        fixture.acquire(2, lock, FOR_EVER);
        fixture.assertRefused(fixture.acquire(2, lock, FOR_EVER), Status.LIMIT, "maxWaitingRequests");
    }

    @Test
    void shouldTellEverybodyWhenItIsDeleted() {
        final long fence = fixture.granted(fixture.acquire(1, lock, 0), Status.OK);
        final long waits = fixture.acquire(2, lock, 700);
        fixture.delete(3, Kind.LOCK);

        fixture.assertRefused(waits, Status.GONE, "deleted");
        assertEquals(List.of(fence), fixture.lost(1));
        fixture.assertRefused(fixture.release(1, lock, fence), Status.GONE, "deleted");
        fixture.releaseSilently(1, lock, fence);
        assertTrue(fixture.outbox.timers.isEmpty());
        fixture.close(1);
    }

    @Test
    void shouldSayWhichKindIsWrong() {
        fixture.assertRefused(fixture.take(1, lock, 0), Status.ILLEGAL, "no semaphore with the id " + lock);
        fixture.assertRefused(fixture.tryOpen(1, Kind.LOCK, "other", 3), Status.ILLEGAL, "policy");
        fixture.assertRefused(fixture.tryOpen(1, Kind.CONDITION, "c", 99), Status.ILLEGAL, "needs a lock");
    }
}
