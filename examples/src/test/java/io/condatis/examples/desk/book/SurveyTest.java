package io.condatis.examples.desk.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.examples.desk.market.CsvTrades;
import io.condatis.examples.desk.market.GeneratedTrades;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class SurveyTest {
    private static final String HEADER = "symbol,side,price,amount,timestamp\n";

    @TempDir
    private Path folder;

    @Test
    void shouldSizeTheBookWhenTradesAreNotInOrderOfTime() throws IOException {
        final Survey survey = survey("X,buy,1,1,1970-01-01T00:07:00Z\nX,sell,1,1,1970-01-01T00:05:59Z\n");

        assertEquals(List.of(), survey.problems());
        assertEquals(new BookLayout(5, 3, 2), survey.layout());
    }

    @Test
    void shouldCollectEveryBadLineUpToTenWhenThereAreMore() throws IOException {
        final Survey survey = survey("bad\n".repeat(3) + "X,buy,1,1,1970-01-01T00:07:00Z\n" + "bad\n".repeat(9));

        assertEquals(10, survey.problems().size());
        assertEquals(
                position(2) + "expected 5 fields, found 1", survey.problems().get(0));
        assertEquals(
                position(12) + "expected 5 fields, found 1", survey.problems().get(9));
    }

    @Test
    void shouldRefuseTheLineWhenSumsWouldNotFit() throws IOException {
        final Survey survey = survey("X,buy,9223372,9223372,1970-01-01T00:07:00Z\n".repeat(3));

        assertEquals(
                List.of(position(4) + "expected the sum of price times amount to stay below 170141183460469"),
                survey.problems());
    }

    @Test
    void shouldRefuseTheLineWhenTradesLieYearsApart() throws IOException {
        final Survey survey = survey("X,buy,1,1,1970-01-01T00:00:00Z\nX,buy,1,1,1989-01-01T00:00:00Z\n");

        assertEquals(List.of(position(3) + "expected all trades within 1000000 minutes"), survey.problems());
    }

    @Test
    void shouldExpectATradeWhenThereIsOnlyAHeader() throws IOException {
        assertEquals(
                List.of(folder.resolve("trades.csv") + ": expected at least one trade"),
                survey("").problems());
    }

    @Test
    void shouldReportTheFileWhenItIsMissing() {
        final String file = folder.resolve("missing.csv").toString();

        assertEquals(
                List.of(file + ": expected a CSV file that can be read"),
                Survey.of(new CsvTrades(file)).problems());
    }

    @Test
    void shouldCountGeneratedTradesWhenThereIsNoFile() {
        assertEquals(3_000, Survey.of(new GeneratedTrades(5, 3_000)).layout().trades());
    }

    private String position(final int line) {
        return folder.resolve("trades.csv") + ":" + line + ": ";
    }

    private Survey survey(final String lines) throws IOException {
        final Path file = Files.writeString(folder.resolve("trades.csv"), HEADER + lines);
        return Survey.of(new CsvTrades(file.toString()));
    }
}
