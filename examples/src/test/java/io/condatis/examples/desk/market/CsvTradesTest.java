package io.condatis.examples.desk.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class CsvTradesTest {
    private static final String HEADER = "\"symbol\",\"side\",\"price\",\"amount\",\"timestamp\"";
    private static final String GOOD = "BTC-USD,buy,25741.03,5e-08,2023-09-05T16:00:01.775613Z";

    @TempDir
    private Path folder;

    @Test
    void shouldReadQuotedFieldsAndExponentsWhenLineIsGood() throws IOException {
        final Path file = file(HEADER, "\"BTC-USD\",\"sell\",25741.02,3.844E-5,\"2023-09-05T16:00:01.281719Z\"");

        try (TradeReader reader = open(file)) {
            assertEquals(
                    new MarketTrade(
                            Side.SELL,
                            new BigDecimal("25741.02"),
                            new BigDecimal("0.00003844"),
                            Instant.parse("2023-09-05T16:00:01.281719Z")),
                    reader.next());
            assertNull(reader.next());
        }
    }

    @Test
    void shouldTakeColumnsByNameWhenHeaderHasAnotherOrderAndMore() throws IOException {
        final Path file = file("\uFEFFid,timestamp,Price,side,amount,symbol", "7,2026-01-01T00:00:00Z,2.5,BUY,1,X");

        try (TradeReader reader = open(file)) {
            final MarketTrade trade = reader.next();
            assertEquals(Side.BUY, trade.side());
            assertEquals(new BigDecimal("2.5"), trade.price());
        }
    }

    @Test
    void shouldAcceptCarriageReturnsAndBlankLinesWhenFileCameFromElsewhere() throws IOException {
        final Path file = folder.resolve("trades.csv");
        Files.writeString(file, HEADER + "\r\n" + GOOD + "\r\n\r\n" + GOOD + "\r\n\r\n");

        try (TradeReader reader = open(file)) {
            assertNotNull(reader.next());
            assertNotNull(reader.next());
            assertNull(reader.next());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BTC-USD,buy,25741.03,1 | expected 5 fields, found 4",
                "BTC-USD,buy,25741.03,1,2023-09-05T16:00:01Z,x | expected 5 fields, found 6",
                "BTC-USD,hold,25741.03,1,2023-09-05T16:00:01Z | expected side buy or sell, found 'hold'",
                "BTC-USD,buy,abc,1,2023-09-05T16:00:01Z | expected price to be a decimal number above 0, found 'abc'",
                "BTC-USD,buy,,1,2023-09-05T16:00:01Z | expected price to be a decimal number above 0, found ''",
                "BTC-USD,buy,NaN,1,2023-09-05T16:00:01Z | expected price to be a decimal number above 0, found 'NaN'",
                "BTC-USD,buy,-1,1,2023-09-05T16:00:01Z | expected price to be a decimal number above 0, found '-1'",
                "BTC-USD,buy,1,0,2023-09-05T16:00:01Z | expected amount to be a decimal number above 0, found '0'",
                "BTC-USD,buy,1,0E999999999,2023-09-05T16:00:01Z"
                        + " | expected amount to be a decimal number above 0, found '0E999999999'",
                "BTC-USD,buy,1,1e-13,2023-09-05T16:00:01Z | expected amount to have at most 12 decimals, found '1e-13'",
                "BTC-USD,buy,1e999999999,1,2023-09-05T16:00:01Z"
                        + " | expected price to be at most 9223372.036854775807, found '1e999999999'",
                "BTC-USD,buy,9223372.036854775808,1,2023-09-05T16:00:01Z"
                        + " | expected price to be at most 9223372.036854775807, found '9223372.036854775808'",
                "BTC-USD,buy,1,1,yesterday"
                        + " | expected timestamp to look like 2023-09-05T16:00:01.281719Z, found 'yesterday'",
                "ETH-USD,buy,1,1,2023-09-05T16:00:01Z"
                        + " | expected symbol BTC-USD as in the lines before, found 'ETH-USD'",
                "'\"BTC-USD,buy,1,1,2023-09-05T16:00:01Z' | expected a closing quote",
                "'\"BTC-USD\"x,buy,1,1,2023-09-05T16:00:01Z' | expected a comma after the closing quote in column 10",
            })
    void shouldNameFileLineAndExpectationWhenLineIsBad(final String line, final String expectation) throws IOException {
        final Path file = file(HEADER, GOOD, line, GOOD);

        try (TradeReader reader = open(file)) {
            assertNotNull(reader.next());
            final BadInputException e = assertThrows(BadInputException.class, reader::next);
            assertEquals(file + ":3: " + expectation, e.getMessage());
            assertNotNull(reader.next());
        }
    }

    @Test
    void shouldShowTheStartOfAFieldWithoutWhatATerminalWouldObey() throws IOException {
        final String side = "a\u001B[2J" + "x".repeat(100);
        final Path file = file(HEADER, GOOD.replace("buy", side));

        try (TradeReader reader = open(file)) {
            final BadInputException e = assertThrows(BadInputException.class, reader::next);
            assertEquals(
                    file + ":2: expected side buy or sell, found 'a?[2J" + "x".repeat(35) + "...'", e.getMessage());
        }
    }

    @Test
    void shouldRefuseLineWhenSymbolIsNotUtf8() throws IOException {
        final Path file = folder.resolve("trades.csv");
        Files.write(file, (HEADER + "\n\u00E9,buy,1,1,2023-09-05T16:00:01Z").getBytes(StandardCharsets.ISO_8859_1));

        try (TradeReader reader = open(file)) {
            final BadInputException e = assertThrows(BadInputException.class, reader::next);
            assertEquals(file + ":2: expected a symbol in UTF-8", e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "symbol,side,price,amount", "symbol,side,price,price,amount,timestamp", "\"symbol"})
    void shouldNameLineOneWhenHeaderIsBad(final String header) throws IOException {
        final Path file = file(header, GOOD);

        final BadInputException e = assertThrows(BadInputException.class, () -> open(file));

        assertTrue(e.getMessage().startsWith(file + ":1: expected a "), e.getMessage());
    }

    @Test
    void shouldSayWhatWasExpectedWhenFileIsMissing() {
        final Path missing = folder.resolve("missing.csv");

        final BadInputException e = assertThrows(BadInputException.class, () -> open(missing));

        assertEquals(missing + ": expected a CSV file that can be read", e.getMessage());
    }

    private static TradeReader open(final Path file) {
        return new CsvTrades(file.toString()).open();
    }

    private Path file(final String... lines) throws IOException {
        return Files.write(folder.resolve("trades.csv"), List.of(lines));
    }
}
