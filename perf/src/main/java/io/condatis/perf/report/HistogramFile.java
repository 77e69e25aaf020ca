package io.condatis.perf.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Latency histograms on disk, in the text form that the HdrHistogram plotters read. */
public final class HistogramFile {
    private static final double NS_PER_US = 1_000;

    private HistogramFile() {}

    /**
     * Write the percentiles of a histogram.
     *
     * @param histogram of nanoseconds
     * @param file to be made or replaced; its values are microseconds
     * @throws IOException when it cannot be written
     */
    public static void write(final Histogram histogram, final Path file) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, NS_PER_US);
            if (out.checkError()) {
                throw new IOException("writing " + file + " failed");
            }
        }
    }

    /**
     * All values of several histograms.
     *
     * @param parts at least one, left unchanged
     * @return a new histogram
     */
    public static Histogram merge(final List<Histogram> parts) {
        final Histogram all = parts.get(0).copy();
        parts.stream().skip(1).forEach(all::add);
        return all;
    }
}
