package io.condatis.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run beside an earlier one. Ratios are compared, each to what was measured beside it in its own run, and not times: so a
 * baseline from another machine, or from a busier hour, still says something.
 */
public final class Comparison {
    private static final double PERCENT = 100;

    private final double tolerance;
    private final List<Line> lines = new ArrayList<>();

    /** How a ratio stands to the earlier one. */
    private enum Change {
        SAME("within tolerance"),
        BETTER("better"),
        WORSE("WORSE"),
        MISSING("no longer measured");

        private final String text;

        Change(final String text) {
            this.text = text;
        }
    }

    private record Line(String suite, String what, Double before, Double now, Change change) {}

    private Comparison(final double tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * Compare the suites that ran in both runs.
     *
     * @param before the baseline
     * @param now what was measured
     * @param tolerance by how much of itself a ratio may get worse, such as 0.1
     * @return the comparison
     */
    public static Comparison of(final ReportFile before, final ReportFile now, final double tolerance) {
        final Comparison comparison = new Comparison(tolerance);
        final Map<String, ReportFile.Suite> suites =
                now.suites().stream().collect(Collectors.toMap(ReportFile.Suite::name, Function.identity()));
        for (final ReportFile.Suite suite : before.suites()) {
            if (suites.containsKey(suite.name())) {
                comparison.compare(suite, suites.get(suite.name()));
            }
        }
        return comparison;
    }

    private void compare(final ReportFile.Suite before, final ReportFile.Suite now) {
        for (final ReportFile.Measured earlier : before.figures()) {
            if (earlier.ratio() == null) {
                continue;
            }
            final Double ratio = now.figures().stream()
                    .filter(figure -> figure.name().equals(earlier.name())
                            && earlier.baseline().equals(figure.baseline()))
                    .map(ReportFile.Measured::ratio)
                    .findFirst()
                    .orElse(null);
            lines.add(new Line(
                    before.name(),
                    earlier.name() + " / " + earlier.baseline(),
                    earlier.ratio(),
                    ratio,
                    change(earlier, ratio)));
        }
    }

    private Change change(final ReportFile.Measured earlier, final Double ratio) {
        if (ratio == null) {
            return Change.MISSING;
        }
        final double worse = Figure.isRate(earlier.unit()) ? earlier.ratio() / ratio : ratio / earlier.ratio();
        if (worse > 1 + tolerance) {
            return Change.WORSE;
        }
        return worse < 1 / (1 + tolerance) ? Change.BETTER : Change.SAME;
    }

    /** {@return whether a ratio got worse by more than the tolerance, or is not measured any more} */
    public boolean isWorse() {
        return lines.stream().anyMatch(line -> line.change == Change.WORSE || line.change == Change.MISSING);
    }

    /** {@return how many ratios agree within the tolerance, in either direction} */
    public long agreeing() {
        return lines.stream().filter(line -> line.change == Change.SAME).count();
    }

    /** {@return how many ratios were compared} */
    public int compared() {
        return lines.size();
    }

    /** {@return a line for each ratio, and a summary} */
    public String text() {
        final TextTable table = new TextTable("suite", "ratio", ">before", ">now", "change");
        for (final Line line : lines) {
            table.line(
                    line.suite,
                    line.what,
                    Numbers.format(line.before),
                    line.now == null ? "-" : Numbers.format(line.now),
                    line.change.text);
        }
        return table.text()
                + String.format(
                        Locale.ROOT,
                        "%d of %d ratios agree with the baseline within %.0f %%.%n",
                        agreeing(),
                        compared(),
                        tolerance * PERCENT);
    }
}
