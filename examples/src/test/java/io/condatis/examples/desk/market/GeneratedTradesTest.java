package io.condatis.examples.desk.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class GeneratedTradesTest {
    @Test
    void shouldMakeTheSameTradesWhenSeedIsTheSame() {
        assertEquals(trades(7, 1_000), trades(7, 1_000));
        assertNotEquals(trades(7, 1_000), trades(8, 1_000));
    }

    @Test
    void shouldMakeTheseTradesWhenSeedIsOneOnEveryJavaVersion() {
        final List<MarketTrade> trades = trades(1, 3);

        assertEquals(
                "MarketTrade[side=SELL, price=25740.05, amount=0.24970314, time=2026-01-05T09:00:00.099Z]",
                trades.get(0).toString());
        assertEquals(
                "MarketTrade[side=SELL, price=25742.07, amount=0.27998474, time=2026-01-05T09:00:00.269Z]",
                trades.get(2).toString());
    }

    @Test
    void shouldSpreadTradesOverHoursWhenThereAreTwoHundredThousand() {
        final List<MarketTrade> trades = trades(1, 200_000);

        final Duration span = Duration.between(
                trades.get(0).time(), trades.get(trades.size() - 1).time());
        assertTrue(span.toHours() >= 3 && span.toHours() <= 8, span.toString());
        assertTrue(trades.stream().anyMatch(trade -> trade.side() == Side.BUY));
        assertTrue(trades.stream().anyMatch(trade -> trade.side() == Side.SELL));
    }

    private static List<MarketTrade> trades(final long seed, final int count) {
        final List<MarketTrade> trades = new ArrayList<>();
        try (TradeReader reader = new GeneratedTrades(seed, count).open()) {
            for (MarketTrade trade = reader.next(); trade != null; trade = reader.next()) {
                trades.add(trade);
            }
        }
        return trades;
    }
}
