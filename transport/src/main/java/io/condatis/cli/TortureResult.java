package io.condatis.cli;

import java.util.List;
import java.util.Locale;

/**
 * What came of a run.
 *
 * @param primitive that was tortured
 * @param kills processes killed while it ran
 * @param stops processes stopped for a moment
 * @param operations that victims have finished
 * @param recoveries things that were taken over from the dead
 * @param violations times that something did not hold which must
 * @param longestNs longest time that an operation of a victim took, stops included
 */
record TortureResult(
        TorturePrimitive primitive,
        long kills,
        long stops,
        long operations,
        long recoveries,
        long violations,
        long longestNs) {
    private static final double NS_PER_MS = 1e6;

    String line() {
        return String.format(
                Locale.ROOT,
                "%s: %d kills, %d stops, %d operations, %d recoveries, %d violations, longest wait %.1f ms",
                primitive,
                kills,
                stops,
                operations,
                recoveries,
                violations,
                longestNs / NS_PER_MS);
    }

    /** Several as a table, in Markdown. */
    static String table(final List<TortureResult> results) {
        final StringBuilder text = new StringBuilder(String.format(
                "| %-9s | %6s | %6s | %13s | %10s | %10s | %12s |%n",
                "primitive", "kills", "stops", "operations", "recoveries", "violations", "longest wait"));
        text.append(String.format("|---|---|---|---|---|---|---|%n"));
        for (final TortureResult result : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %-9s | %6d | %6d | %,13d | %10d | %10d | %9.1f ms |%n",
                    result.primitive,
                    result.kills,
                    result.stops,
                    result.operations,
                    result.recoveries,
                    result.violations,
                    result.longestNs / NS_PER_MS));
        }
        return text.toString();
    }
}
