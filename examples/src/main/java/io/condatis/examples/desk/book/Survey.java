package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.BadInputException;
import io.condatis.examples.desk.market.MarketTrade;
import io.condatis.examples.desk.market.TradeReader;
import io.condatis.examples.desk.market.TradeSource;
import java.util.ArrayList;
import java.util.List;

/** Reads all trades once before anything is started: is every one of them fit, and how big must the book be? */
public final class Survey {
    private static final int MAX_PROBLEMS = 10;
    private static final int MAX_MINUTES = 1_000_000;
    private static final int MAX_TRADES = 1_000_000_000;

    private final List<String> problems = new ArrayList<>();
    private Totals totals = Totals.NONE;
    private int trades;
    private long firstMinute = Long.MAX_VALUE;
    private long lastMinute = Long.MIN_VALUE;

    private Survey() {}

    /**
     * Read all trades.
     *
     * @param source where they come from
     * @return what is wrong with them and how many there are
     */
    public static Survey of(final TradeSource source) {
        final Survey survey = new Survey();
        try (TradeReader reader = source.open()) {
            while (survey.problems.size() < MAX_PROBLEMS && survey.readOne(reader)) {
                continue;
            }
            if (survey.problems.isEmpty() && survey.trades == 0) {
                survey.problems.add(source.describe() + ": expected at least one trade");
            }
        } catch (final BadInputException e) {
            survey.problems.add(e.getMessage());
        }
        return survey;
    }

    private boolean readOne(final TradeReader reader) {
        try {
            final MarketTrade trade = reader.next();
            if (trade != null) {
                add(trade, reader);
            }
            return trade != null;
        } catch (final BadInputException e) {
            problems.add(e.getMessage());
            return true;
        }
    }

    private void add(final MarketTrade trade, final TradeReader reader) {
        final long first = Math.min(firstMinute, trade.minute());
        final long last = Math.max(lastMinute, trade.minute());
        if (last - first >= MAX_MINUTES) {
            throw new BadInputException(reader.position(), "expected all trades within " + MAX_MINUTES + " minutes");
        }
        if (trades == MAX_TRADES) {
            throw new BadInputException(reader.position(), "expected at most " + MAX_TRADES + " trades");
        }
        try {
            totals = totals.plus(Trade.of(trades, trade, 0));
        } catch (final ArithmeticException e) {
            throw new BadInputException(
                    reader.position(), "expected the sum of price times amount to stay below " + Totals.LIMIT);
        }
        firstMinute = first;
        lastMinute = last;
        trades++;
    }

    /** {@return what is wrong, one message for each of the first bad lines; empty when all is well} */
    public List<String> problems() {
        return problems;
    }

    /** {@return the book that these trades need} */
    public BookLayout layout() {
        return new BookLayout(firstMinute, Math.toIntExact(lastMinute - firstMinute + 1), trades);
    }
}
