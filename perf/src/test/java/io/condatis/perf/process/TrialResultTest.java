package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialResultTest {
    @TempDir
    private Path directory;

    @Test
    void shouldComeBackAsItWasStored() throws IOException {
        final Histogram histogram = RoundTrips.newHistogram();
        histogram.recordValueWithCount(350, 1_000_000);
        histogram.recordValue(RoundTrips.LONGEST_NS);
        final Path file = directory.resolve("result");

        final Map<String, List<Double>> turns = Map.of("p50.0", List.of(350.0, 1e10), "perSecond", List.of(1.25e6));
        new TrialResult(histogram, Map.of("perSecond", 1.5e6, "bytes", 0.0), turns).store(file);

        final TrialResult loaded = TrialResult.load(file);
        assertEquals(histogram, loaded.histogram());
        assertEquals(Map.of("perSecond", 1.5e6, "bytes", 0.0), loaded.numbers());
        assertEquals(turns, loaded.turns());
    }

    @Test
    void shouldSayWhichFileHoldsNoHistogram() throws IOException {
        final Path file = Files.createFile(directory.resolve("empty"));

        final var failure = assertThrows(IOException.class, () -> TrialResult.load(file));

        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
    }

    @Test
    void shouldNameTheNumbersItHasWhenAnotherIsAsked() {
        final TrialResult result = new TrialResult(RoundTrips.newHistogram(), Map.of("a", 1.0));

        final var failure = assertThrows(IllegalArgumentException.class, () -> result.number("b"));

        assertEquals("the trial has no number b, only [a]", failure.getMessage());
    }
}
