package io.condatis.internal.store;

import static io.condatis.internal.store.SyncFixture.FOR_EVER;

import io.condatis.internal.protocol.sbe.BreakCause;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StoredBarrierTest {
    private static final long ACT = -1;

    private final SyncFixture fixture = new SyncFixture(5);
    private final int barrier = fixture.open(1, Kind.BARRIER, 3);

    @Test
    void shouldNumberTheArrivalsAndBeUsableAgain() {
        for (int pass = 0; pass < 3; pass++) {
            final long first = fixture.arrive(1, barrier, FOR_EVER, false);
            final long second = fixture.arrive(2, barrier, 500, true);
            fixture.assertWaits(first);
            final long third = fixture.arrive(2, barrier, 0, false);
            fixture.assertAnswer(first, Status.OK, 0);
            fixture.assertAnswer(second, Status.OK, 1);
            fixture.assertAnswer(third, Status.OK, 2);
        }
    }

    @Test
    void shouldLetTheLastOneActBeforeAnybodyGoesOn() {
        final long first = fixture.arrive(1, barrier, FOR_EVER, true);
        fixture.arrive(2, barrier, FOR_EVER, true);
        final long last = fixture.arrive(3, barrier, FOR_EVER, true);
        fixture.assertAnswer(last, Status.OK, ACT);
        final long next = fixture.arrive(4, barrier, FOR_EVER, true);
        fixture.assertWaits(first);

        fixture.assertAnswer(fixture.acted(3, barrier, last + 1, false), Status.BROKEN, 0);
        fixture.assertWaits(first);
        fixture.assertAnswer(fixture.acted(3, barrier, last, false), Status.OK, 2);
        fixture.assertAnswer(first, Status.OK, 0);
        fixture.assertWaits(next);
        fixture.arrive(1, barrier, FOR_EVER, false);
        fixture.arrive(2, barrier, FOR_EVER, false);
        fixture.assertAnswer(next, Status.OK, 0);
    }

    @Test
    void shouldBreakWhenTheActionFailsOrItsRunnerDies() {
        for (final boolean dies : new boolean[] {false, true}) {
            final long first = fixture.arrive(1, barrier, FOR_EVER, false);
            fixture.arrive(2, barrier, FOR_EVER, false);
            final long last = fixture.arrive(3, barrier, FOR_EVER, true);
            final long late = fixture.arrive(4, barrier, FOR_EVER, true);
            if (dies) {
                fixture.close(3);
            } else {
                fixture.assertAnswer(fixture.acted(3, barrier, last, true), Status.BROKEN, BreakCause.ACTION.value());
            }
            final BreakCause cause = dies ? BreakCause.DEATH : BreakCause.ACTION;
            fixture.assertAnswer(first, Status.BROKEN, cause.value());
            fixture.assertAnswer(late, Status.BROKEN, cause.value());
            fixture.assertAnswer(fixture.arrive(1, barrier, FOR_EVER, false), Status.BROKEN, cause.value());
            fixture.reset(1, barrier);
        }
    }

    @Test
    void shouldBreakForAllWhenAWaiterDies() {
        final long first = fixture.arrive(1, barrier, FOR_EVER, false);
        fixture.arrive(2, barrier, FOR_EVER, false);
        fixture.close(2);
        fixture.assertAnswer(first, Status.BROKEN, BreakCause.DEATH.value());
    }

    @Test
    void shouldBreakForAllWhenAWaiterIsLateOrGivesUp() {
        final long first = fixture.arrive(1, barrier, FOR_EVER, false);
        final long late = fixture.arrive(2, barrier, 500, false);
        fixture.advanceTo(2_000);
        fixture.assertAnswer(first, Status.BROKEN, BreakCause.TIMEOUT.value());
        fixture.assertAnswer(late, Status.BROKEN, BreakCause.TIMEOUT.value());
        fixture.reset(1, barrier);

        final long again = fixture.arrive(1, barrier, FOR_EVER, false);
        final long cancelled = fixture.arrive(2, barrier, FOR_EVER, false);
        fixture.cancel(2, cancelled);
        fixture.granted(cancelled, Status.CANCELLED);
        fixture.assertAnswer(again, Status.BROKEN, BreakCause.INTERRUPT.value());
        fixture.reset(1, barrier);

        fixture.assertAnswer(fixture.arrive(1, barrier, 0, false), Status.BROKEN, BreakCause.TIMEOUT.value());
    }

    @Test
    void shouldTurnAllAwayWhenAbortedAndWhoWaitsWhenReset() {
        final long first = fixture.arrive(1, barrier, FOR_EVER, false);
        fixture.reset(2, barrier);
        fixture.assertAnswer(first, Status.BROKEN, BreakCause.NONE.value());
        final long second = fixture.arrive(1, barrier, FOR_EVER, false);
        fixture.assertWaits(second);
        fixture.abort(2, barrier);
        fixture.assertAnswer(second, Status.BROKEN, BreakCause.ABORT.value());
        fixture.assertAnswer(fixture.arrive(3, barrier, FOR_EVER, false), Status.BROKEN, BreakCause.ABORT.value());
    }

    @Test
    void shouldTellTheRunnerOfTheActionWhenItWasResetMeanwhile() {
        fixture.arrive(1, barrier, FOR_EVER, false);
        fixture.arrive(2, barrier, FOR_EVER, false);
        final long last = fixture.arrive(3, barrier, FOR_EVER, true);
        fixture.reset(4, barrier);
        fixture.assertAnswer(fixture.acted(3, barrier, last, false), Status.BROKEN, BreakCause.NONE.value());
    }

    @Test
    void shouldTellItsWaitersWhenDeleted() {
        final long waits = fixture.arrive(1, barrier, FOR_EVER, false);
        fixture.delete(3, Kind.BARRIER);
        fixture.assertRefused(waits, Status.GONE, "deleted");
        fixture.granted(fixture.tryOpen(1, Kind.BARRIER, "none", 0), Status.ILLEGAL);
    }
}
