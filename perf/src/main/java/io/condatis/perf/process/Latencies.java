package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The percentiles that are shown of a latency. */
final class Latencies {
    private static final String MEDIAN = "p50";
    private static final List<String> SHORT = List.of(MEDIAN, "p99");

    /** What has a ratio: the longest few of a trial are accidents, and a ratio would be one of two. */
    static final List<Double> HELD = List.of(50.0, 90.0, 99.0);

    private static final Map<String, Double> PERCENTILES = percentiles();

    private Latencies() {}

    /** Adds each percentile, beside that of a baseline if there is one and it can be held against it. */
    static void add(final Section section, final Trials trials, final Trials baseline) {
        add(section, PERCENTILES.keySet(), trials, baseline);
    }

    /** Adds the percentiles that matter where there are many latencies. */
    static void addShort(final Section section, final Trials trials, final Trials baseline) {
        add(section, SHORT, trials, baseline);
    }

    private static void add(
            final Section section, final Collection<String> names, final Trials trials, final Trials baseline) {
        for (final String name : names) {
            final double percentile = PERCENTILES.get(name);
            final boolean isAlone = baseline == null || !HELD.contains(percentile);
            section.add(trials.percentile(name, percentile), isAlone ? null : baseline.percentile(name, percentile));
        }
    }

    static Figure median(final Trials trials) {
        return trials.percentile(MEDIAN, PERCENTILES.get(MEDIAN));
    }

    private static Map<String, Double> percentiles() {
        final Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put(MEDIAN, 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p99.9", 99.9);
        percentiles.put("max", 100.0);
        return percentiles;
    }
}
