package io.condatis.internal.store;

import static io.condatis.internal.store.SyncFixture.FOR_EVER;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StoredEventTest {
    private final SyncFixture fixture = new SyncFixture(3);
    private final int event = fixture.open(1, Kind.EVENT, 0);

    @Test
    void shouldEndEveryWaitAlsoWhenClearedAtOnce() {
        final long first = fixture.awaitEvent(1, event, FOR_EVER);
        final long second = fixture.awaitEvent(2, event, 500);
        fixture.set(3, event);
        fixture.clear(3, event);
        fixture.granted(first, Status.OK);
        fixture.granted(second, Status.OK);
        fixture.granted(fixture.awaitEvent(1, event, 0), Status.TIMEOUT);
    }

    @Test
    void shouldNotWaitWhenSet() {
        fixture.set(1, event);
        fixture.set(1, event);
        fixture.granted(fixture.awaitEvent(2, event, 0), Status.OK);
        fixture.granted(fixture.awaitEvent(2, event, FOR_EVER), Status.OK);
    }

    @Test
    void shouldForgetWhoGivesUpOrDies() {
        final long late = fixture.awaitEvent(1, event, 500);
        final long cancelled = fixture.awaitEvent(2, event, FOR_EVER);
        fixture.awaitEvent(3, event, FOR_EVER);
        fixture.advanceTo(2_000);
        fixture.granted(late, Status.TIMEOUT);
        fixture.cancel(2, cancelled);
        fixture.granted(cancelled, Status.CANCELLED);
        fixture.close(3);
        fixture.set(1, event);
    }

    @Test
    void shouldTellItsWaitersWhenDeleted() {
        final long waits = fixture.awaitEvent(2, event, FOR_EVER);
        fixture.delete(3, Kind.EVENT);
        fixture.assertRefused(waits, Status.GONE, "deleted");
    }
}
