package io.condatis.internal.store;

import static io.condatis.internal.store.SyncFixture.FOR_EVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StoredSemaphoreTest {
    private final SyncFixture fixture = new SyncFixture(4);
    private final int plain = fixture.open(1, Kind.SEMAPHORE, 1);
    private final int bounded = fixture.open(1, Kind.BOUNDED_SEMAPHORE, 2);

    @Test
    void shouldGrantInTheOrderOfAsking() {
        fixture.granted(fixture.take(1, plain, 0), Status.OK);
        fixture.granted(fixture.take(1, plain, 0), Status.TIMEOUT);
        final long second = fixture.take(2, plain, 500);
        final long third = fixture.take(3, plain, 100);
        fixture.advanceTo(1_200);
        fixture.granted(third, Status.TIMEOUT);
        fixture.granted(fixture.give(1, plain), Status.OK);
        fixture.granted(second, Status.OK);
        assertEquals(0, fixture.available(1, plain));
    }

    @Test
    void shouldGrowWhenReleasedByWhoHasNone() {
        fixture.give(1, plain);
        assertEquals(2, fixture.available(1, plain));
    }

    @Test
    void shouldNeverGrowWhenBounded() {
        fixture.assertRefused(fixture.give(1, bounded), Status.ILLEGAL_STATE, "nobody has one");
        fixture.take(1, bounded, 0);
        fixture.granted(fixture.give(2, bounded), Status.OK);
        assertEquals(List.of(0L), fixture.lost(1));
        assertEquals(2, fixture.available(1, bounded));
        fixture.assertRefused(fixture.give(1, bounded), Status.ILLEGAL_STATE, "nobody has one");
    }

    @Test
    void shouldRefuseMoreThanFitsAnInt() {
        fixture.granted(fixture.tryOpen(1, Kind.SEMAPHORE, "negative", -1), Status.ILLEGAL);
        final int most = (int) fixture.answer(fixture.tryOpen(1, Kind.SEMAPHORE, "most", Integer.MAX_VALUE))
                .number();
        fixture.assertRefused(fixture.give(1, most), Status.LIMIT, "permits already");
    }

    @Test
    void shouldGetBackExactlyWhatADeadSessionHad() {
        fixture.take(1, bounded, 0);
        fixture.take(1, bounded, 0);
        final long next = fixture.take(2, bounded, FOR_EVER);
        fixture.take(3, bounded, FOR_EVER);
        fixture.close(3);
        fixture.close(1);
        fixture.granted(next, Status.OK);
        assertEquals(1, fixture.available(2, bounded));
    }

    @Test
    void shouldTellItsWaitersWhenDeleted() {
        fixture.take(1, plain, 0);
        final long waits = fixture.take(2, plain, FOR_EVER);
        fixture.delete(3, Kind.SEMAPHORE);
        fixture.assertRefused(waits, Status.GONE, "deleted");
        fixture.close(1);
    }
}
