package io.condatis.examples.desk.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class MinuteVwapTest {
    @Test
    void shouldDivideNotionalByAmountWhenMadeFromSums() {
        final MinuteVwap vwap = MinuteVwap.of(new Sums(2, new BigDecimal("3.0"), new BigDecimal("10.00")));

        assertEquals(new MinuteVwap(2, "3", "10", "3.33333333"), vwap);
    }

    @Test
    void shouldKeepTheSnapshotWithMoreTradesWhenAStaleOneArrivesLater() {
        final MinuteVwap stale = new MinuteVwap(1, "1", "1", "1");
        final MinuteVwap fresh = new MinuteVwap(2, "2", "2", "1");

        assertSame(fresh, fresh.later(stale));
        assertSame(fresh, stale.later(fresh));
    }

    @Test
    void shouldNameTheMinuteInUtcWhenUsedAsKey() {
        assertEquals("2023-09-05T16:00:00Z", MinuteVwap.key(28_232_160));
    }
}
