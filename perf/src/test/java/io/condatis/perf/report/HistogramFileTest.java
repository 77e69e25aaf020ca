package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldHoldTheValuesOfAllPartsWhenMerged() {
        final Histogram first = histogram(100, 200);
        final Histogram second = histogram(100, 5_000);

        final Histogram all = HistogramFile.merge(List.of(first, second));

        assertEquals(4, all.getTotalCount());
        assertEquals(2, all.getCountAtValue(100));
        assertTrue(all.valuesAreEquivalent(5_000, all.getMaxValue()));
        assertEquals(2, first.getTotalCount());
        assertEquals(2, second.getTotalCount());
    }

    @Test
    void shouldWritePercentilesInMicroseconds() throws IOException {
        final Path file = directory.resolve("a.hgrm");

        HistogramFile.write(histogram(1_000, 250_000), file);

        final List<String> lines = Files.readAllLines(file);
        assertTrue(lines.get(0).strip().startsWith("Value"), lines.get(0));
        assertTrue(lines.stream().anyMatch(line -> line.strip().startsWith("1.000")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.contains("Total count    =            2")), lines.toString());
    }

    private static Histogram histogram(final long... values) {
        final Histogram histogram = new Histogram(1, 1_000_000, 3);
        for (final long value : values) {
            histogram.recordValue(value);
        }
        return histogram;
    }
}
