package io.condatis.examples.desk;

import io.condatis.examples.desk.book.Book;
import io.condatis.examples.desk.book.MinuteVwap;
import io.condatis.examples.desk.book.Prices;
import io.condatis.examples.desk.book.SequentialBook;
import io.condatis.examples.desk.book.Sums;
import io.condatis.examples.desk.market.Decimals;
import io.condatis.examples.desk.market.Side;
import io.condatis.examples.desk.market.TradeSource;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the desk prints in the end. */
final class Report {
    private static final int MAX_MINUTES = 20;
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final Book book;
    private final Counters counters;
    private final SortedMap<String, MinuteVwap> vwaps;

    Report(final PrintStream out, final Book book, final Counters counters, final Map<String, MinuteVwap> vwaps) {
        this.out = out;
        this.book = book;
        this.counters = counters;
        this.vwaps = new TreeMap<>(vwaps);
    }

    void printTables() {
        final Table sides = new Table("side", "trades", "amount", "notional");
        for (final Side side : Side.values()) {
            final Sums sums = book.totals(side).exact();
            sides.row(
                    side.word(),
                    String.valueOf(sums.trades()),
                    Decimals.plain(sums.amount()),
                    Decimals.plain(sums.notional()));
        }
        print(sides);
        final Table minutes = new Table("minute", "trades", "amount", "VWAP");
        vwaps.forEach((minute, vwap) -> minutes.row(minute, String.valueOf(vwap.trades()), vwap.amount(), vwap.vwap()));
        print(minutes);
        final Prices prices = book.prices();
        out.println("last " + plain(prices.last()) + ", high " + plain(prices.high()) + ", low " + plain(prices.low()));
        final Sums buy = book.totals(Side.BUY).exact();
        final Sums sell = book.totals(Side.SELL).exact();
        out.println("buy " + buy + "; sell " + sell.trades() + ", " + Decimals.plain(sell.amount()) + ", "
                + Decimals.plain(sell.notional()));
    }

    private void print(final Table table) {
        table.lines(MAX_MINUTES).forEach(out::println);
        out.println();
    }

    private static String plain(final double price) {
        return Decimals.plain(BigDecimal.valueOf(price));
    }

    void printTimes(final long elapsedNs, final Latency latency) {
        final double seconds = elapsedNs / NS_PER_SECOND;
        out.printf(
                Locale.ROOT,
                "%,d trades in %.2f s: %,.0f trades/s%n",
                book.entered(),
                seconds,
                book.entered() / seconds);
        out.println("microseconds from put to taskDone: " + latency);
        final long unknown = book.entered() - latency.count();
        if (unknown != 0) {
            out.printf(Locale.ROOT, "(of %,d trades; killed workers took %,d with them)%n", latency.count(), unknown);
        }
    }

    void printKills(final List<Kill> kills) {
        if (kills.isEmpty()) {
            return;
        }
        final long inside =
                kills.stream().filter(kill -> kill.place() == Kill.Place.INSIDE).count();
        out.println(kills.size() + " workers killed: " + inside + " inside the critical section, "
                + (kills.size() - inside) + " at a random moment");
        out.println("lock taken over from the dead " + book.recoveries() + " times, undo record put back "
                + book.repairs() + " times");
        out.println(counters.redelivered.get() + " trades delivered again, " + counters.repeated.get()
                + " of them entered already");
    }

    int compareWith(final TradeSource source) {
        final List<String> differences = Comparison.differences(SequentialBook.of(source), book, vwaps);
        differences.forEach(out::println);
        if (!differences.isEmpty()) {
            out.println("The desk is wrong: " + differences.size() + " differences.");
            return ExitCode.FAILURE;
        }
        out.println("recomputed sequentially: both sides, " + vwaps.size() + " minutes, last, high and low agree");
        return ExitCode.OK;
    }
}
