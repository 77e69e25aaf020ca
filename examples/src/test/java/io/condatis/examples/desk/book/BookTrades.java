package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.Decimals;
import io.condatis.examples.desk.market.MarketTrade;
import io.condatis.examples.desk.market.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Trades for the tests of the book, large enough that their sums use both halves of 128 bits. */
final class BookTrades {
    static final BookLayout LAYOUT = new BookLayout(100, 3, 200);

    private static final int SECONDS_PER_TRADE = 20;
    private static final long FIRST_SECOND = 6_000;

    private BookTrades() {}

    static MarketTrade marketTrade(final int sequence) {
        return new MarketTrade(
                sequence % 3 == 0 ? Side.BUY : Side.SELL,
                BigDecimal.valueOf(40_000_000_000_000_123L + sequence * 7L, Decimals.PLACES),
                BigDecimal.valueOf(900_000_000_000_000_001L + sequence, Decimals.PLACES),
                Instant.ofEpochSecond(FIRST_SECOND + sequence % 9 * SECONDS_PER_TRADE));
    }

    static Trade trade(final int sequence) {
        return Trade.of(sequence, marketTrade(sequence), 0);
    }

    /** What a book holds, read under its lock. */
    static List<Object> contents(final Book book) {
        return List.of(
                book.totals(Side.BUY).exact(),
                book.totals(Side.SELL).exact(),
                book.totals(100L).exact(),
                book.totals(101L).exact(),
                book.totals(102L).exact(),
                book.prices().last());
    }

    /** What a book must hold after the first so many trades. */
    static List<Object> expected(final int count) {
        return List.of(
                sum(count, Side.BUY),
                sum(count, Side.SELL),
                sum(count, 100),
                sum(count, 101),
                sum(count, 102),
                count == 0 ? Double.NaN : marketTrade(count - 1).price().doubleValue());
    }

    private static Sums sum(final int count, final Side side) {
        return sum(IntStream.range(0, count)
                .mapToObj(BookTrades::marketTrade)
                .filter(trade -> trade.side() == side)
                .toList());
    }

    private static Sums sum(final int count, final long minute) {
        return sum(IntStream.range(0, count)
                .mapToObj(BookTrades::marketTrade)
                .filter(trade -> trade.minute() == minute)
                .toList());
    }

    private static Sums sum(final List<MarketTrade> trades) {
        Sums sums = Sums.NONE;
        for (final MarketTrade trade : trades) {
            sums = sums.plus(trade);
        }
        return sums;
    }
}
