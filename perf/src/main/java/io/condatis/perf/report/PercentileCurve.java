package io.condatis.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Latency by percentile, read back from a histogram's file.
 *
 * @param name of what was measured
 * @param points by rising percentile
 */
record PercentileCurve(String name, List<Point> points) {
    private static final String SUFFIX = ".hgrm";

    /**
     * A percentile.
     *
     * @param nines how far it is to the right: 0 for 0 %, 1 for 90 %, 2 for 99 %
     * @param micros latency
     */
    record Point(double nines, double micros) {}

    /** The curves of a suite: the files whose names begin with its own, those of single trials left out. */
    static List<PercentileCurve> ofSuite(final String suite, final Path directory) throws IOException {
        final List<PercentileCurve> curves = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.sorted().toList()) {
                final String name = file.getFileName().toString();
                if (name.startsWith(suite + "-") && name.endsWith(SUFFIX) && !name.matches(".*-trial-\\d+\\.hgrm")) {
                    curves.add(new PercentileCurve(
                            name.substring(suite.length() + 1, name.length() - SUFFIX.length())
                                    .replace('-', ' '),
                            points(file)));
                }
            }
        }
        return curves;
    }

    private static List<Point> points(final Path file) throws IOException {
        final List<Point> points = new ArrayList<>();
        for (final String line : Files.readAllLines(file)) {
            final String[] fields = line.strip().split("\\s+");
            // value, percentile, count, 1/(1-percentile); the last line of a histogram has no fourth
            if (fields.length == 4 && !fields[0].startsWith("#") && Character.isDigit(fields[0].charAt(0))) {
                points.add(new Point(Math.log10(Double.parseDouble(fields[3])), Double.parseDouble(fields[0])));
            }
        }
        return points;
    }

    double leastMicros() {
        return points.stream()
                .mapToDouble(Point::micros)
                .filter(micros -> micros > 0)
                .min()
                .orElse(1);
    }

    double mostMicros() {
        return points.stream().mapToDouble(Point::micros).max().orElse(1);
    }

    double mostNines() {
        return points.stream().mapToDouble(Point::nines).max().orElse(0);
    }
}
