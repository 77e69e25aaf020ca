package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.MarketTrade;
import io.condatis.examples.desk.market.Side;
import io.condatis.examples.desk.market.TradeReader;
import io.condatis.examples.desk.market.TradeSource;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the book must hold in the end: one thread, one loop, {@link BigDecimal}, no shared memory. */
public final class SequentialBook {
    private final Map<Side, Sums> sides = new EnumMap<>(Side.class);
    private final SortedMap<Long, Sums> minutes = new TreeMap<>();
    private BigDecimal last;
    private BigDecimal high;
    private BigDecimal low;

    private SequentialBook() {}

    /**
     * Work through all trades.
     *
     * @param source where they come from
     * @return the finished book
     */
    public static SequentialBook of(final TradeSource source) {
        final SequentialBook book = new SequentialBook();
        try (TradeReader reader = source.open()) {
            for (MarketTrade trade = reader.next(); trade != null; trade = reader.next()) {
                book.enter(trade);
            }
        }
        return book;
    }

    private void enter(final MarketTrade trade) {
        sides.put(trade.side(), totals(trade.side()).plus(trade));
        minutes.put(
                trade.minute(), minutes.getOrDefault(trade.minute(), Sums.NONE).plus(trade));
        last = trade.price();
        high = high == null ? last : high.max(last);
        low = low == null ? last : low.min(last);
    }

    /**
     * The sums over one side.
     *
     * @param side which
     * @return all of its trades
     */
    public Sums totals(final Side side) {
        return sides.getOrDefault(side, Sums.NONE);
    }

    /** {@return the sums of every minute that has trades, by minute counted from 1970} */
    public SortedMap<Long, Sums> minutes() {
        return minutes;
    }

    /** {@return the price of the last trade} */
    public double last() {
        return last.doubleValue();
    }

    /** {@return the highest price} */
    public double high() {
        return high.doubleValue();
    }

    /** {@return the lowest price} */
    public double low() {
        return low.doubleValue();
    }
}
