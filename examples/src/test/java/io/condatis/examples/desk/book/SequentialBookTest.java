package io.condatis.examples.desk.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.examples.desk.MarketFile;
import io.condatis.examples.desk.market.CsvTrades;
import io.condatis.examples.desk.market.GeneratedTrades;
import io.condatis.examples.desk.market.MarketTrade;
import io.condatis.examples.desk.market.Side;
import io.condatis.examples.desk.market.TradeReader;
import io.condatis.examples.desk.market.TradeSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class SequentialBookTest {
    @Test
    void shouldGiveTheKnownTotalsWhenTradesAreTheRealOnes() {
        final SequentialBook book =
                SequentialBook.of(new CsvTrades(MarketFile.orSkip().toString()));

        assertEquals(
                "3465 trades, amount 62.83755914, notional 1619271.7303573449",
                book.totals(Side.BUY).toString());
        assertEquals(
                "2417 trades, amount 148.43033391, notional 3824975.3356203353",
                book.totals(Side.SELL).toString());
        assertEquals(60, book.minutes().size());
        assertEquals(25735.97, book.last());
    }

    @Test
    void shouldEqualTheSumsOfScaledLongsWhenTradesAreTheSame() {
        final TradeSource source = new GeneratedTrades(3, 20_000);
        final SequentialBook book = SequentialBook.of(source);
        final Map<Side, Totals> sides = new TreeMap<>();
        final Map<Long, Totals> minutes = new TreeMap<>();

        try (TradeReader reader = source.open()) {
            long sequence = 0;
            for (MarketTrade next = reader.next(); next != null; next = reader.next()) {
                final Trade trade = Trade.of(sequence++, next, 0);
                sides.put(
                        next.side(),
                        sides.getOrDefault(next.side(), Totals.NONE).plus(trade));
                minutes.put(
                        trade.minute(),
                        minutes.getOrDefault(trade.minute(), Totals.NONE).plus(trade));
            }
        }

        sides.forEach((side, totals) -> assertEquals(book.totals(side), totals.exact()));
        assertEquals(book.minutes().keySet(), minutes.keySet());
        minutes.forEach((minute, totals) -> assertEquals(book.minutes().get(minute), totals.exact()));
    }
}
