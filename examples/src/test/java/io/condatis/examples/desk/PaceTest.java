package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PaceTest {
    @Test
    void shouldFixTheTimeOfEachTradeFromTheFirstWhenThereIsARate() {
        final Pace pace = new Pace(1_000, 5_000_000);

        assertEquals(5_000_000, pace.dueNs(0));
        assertEquals(8_000_000, pace.dueNs(3));
    }

    @Test
    void shouldReturnTheIntendedTimeWhenTradeIsLate() {
        final long startNs = System.nanoTime() - 1_000_000_000L;

        assertEquals(startNs + 2_000_000, new Pace(1_000, startNs).awaitDue(2));
    }

    @Test
    void shouldWaitWhenTradeIsNotDueYet() {
        final long startNs = System.nanoTime();

        final long dueNs = new Pace(100, startNs).awaitDue(2);

        assertTrue(System.nanoTime() >= dueNs);
    }

    @Test
    void shouldNotWaitWhenThereIsNoRate() {
        final long before = System.nanoTime();

        final long dueNs = new Pace(0, before).awaitDue(1_000_000_000);

        assertTrue(dueNs >= before && dueNs <= System.nanoTime());
    }
}
