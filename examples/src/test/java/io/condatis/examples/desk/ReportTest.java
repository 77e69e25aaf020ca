package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.SharedObjects;
import io.condatis.examples.desk.book.Book;
import io.condatis.examples.desk.book.Checkpoint;
import io.condatis.examples.desk.book.MinuteVwap;
import io.condatis.examples.desk.book.Survey;
import io.condatis.examples.desk.book.Trade;
import io.condatis.examples.desk.market.GeneratedTrades;
import io.condatis.examples.desk.market.MarketTrade;
import io.condatis.examples.desk.market.TradeReader;
import io.condatis.examples.desk.market.TradeSource;
import io.condatis.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(LeakCheck.class)
final class ReportTest {
    private static final int TRADES = 2_000;
    private static final long FIRST_SECOND = 1_767_603_600L;

    private final TradeSource source = new GeneratedTrades(9, TRADES);
    private final ConcurrentMap<String, MinuteVwap> vwaps = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private SharedObjects shared;
    private Counters counters;
    private Book book;
    private VwapBoard board;

    @BeforeEach
    void open() {
        shared = SharedObjects.create("report-test-" + ProcessHandle.current().pid());
        counters = new Counters(shared);
        final var layout = Survey.of(source).layout();
        book = new Book(shared, layout, Checkpoint.NONE);
        board = new VwapBoard(book, layout, vwaps);
    }

    @AfterEach
    void close() {
        shared.close();
    }

    @Test
    void shouldAgreeWhenEveryTradeWasEntered() {
        enter(TRADES);

        assertEquals(0, report().compareWith(source));

        assertTrue(
                printed().startsWith("recomputed sequentially: both sides, " + vwaps.size() + " minutes, "), printed());
    }

    @Test
    void shouldPrintBothSidesOfEachDifferenceWhenOneTradeIsMissing() {
        enter(TRADES - 1);

        assertEquals(1, report().compareWith(source));

        assertTrue(
                printed().lines().anyMatch(line -> line.matches("DIFFERENCE in (buy|sell): expected .*, found .*")),
                printed());
        assertTrue(printed().lines().anyMatch(line -> line.startsWith("DIFFERENCE in last: expected ")), printed());
        assertTrue(printed().lines().anyMatch(line -> line.startsWith("DIFFERENCE in minute 2026-01-05T")), printed());
    }

    @Test
    void shouldReportTheMinuteWhenItIsMissingOrTooMany() {
        enter(TRADES);
        vwaps.remove(MinuteVwap.key(FIRST_SECOND / 60));
        vwaps.put("2000-01-01T00:00:00Z", new MinuteVwap(1, "1", "1", "1"));

        assertEquals(1, report().compareWith(source));

        final List<String> lines = printed().lines().toList();
        assertEquals(
                "DIFFERENCE in minute 2000-01-01T00:00:00Z: expected null,"
                        + " found MinuteVwap[trades=1, amount=1, notional=1, vwap=1]",
                lines.get(0));
        assertTrue(lines.get(1).startsWith("DIFFERENCE in minute 2026-01-05T09:00:00Z: expected MinuteVwap["));
        assertEquals("The desk is wrong: 2 differences.", lines.get(2));
    }

    @Test
    void shouldPublishAMinuteWhenItIsLeft() {
        enterOnly(TRADES);

        assertTrue(vwaps.size() >= 2, vwaps.toString());
        final long published =
                vwaps.values().stream().mapToLong(MinuteVwap::trades).sum();
        assertTrue(published < TRADES, published + " published");
        board.publishAll();
        assertEquals(
                TRADES, vwaps.values().stream().mapToLong(MinuteVwap::trades).sum());
    }

    private void enter(final int count) {
        enterOnly(count);
        board.publishAll();
    }

    private void enterOnly(final int count) {
        try (TradeReader reader = source.open()) {
            for (int i = 0; i < count; i++) {
                final MarketTrade trade = reader.next();
                assertTrue(book.enter(Trade.of(i, trade, 0)));
                board.entered(trade.minute());
            }
        }
    }

    private Report report() {
        return new Report(new PrintStream(bytes, true, StandardCharsets.UTF_8), book, counters, vwaps);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
