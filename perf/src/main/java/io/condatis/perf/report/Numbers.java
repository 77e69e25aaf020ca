package io.condatis.perf.report;

import java.util.Locale;

/** Numbers as a reader wants them: three or four digits that mean something. */
final class Numbers {
    private static final double INTEGERS_FROM = 100;
    private static final double TENTHS_FROM = 10;
    private static final double HUNDREDTHS_FROM = 1;

    private Numbers() {}

    static String format(final double value) {
        final double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "-";
        }
        if (size >= INTEGERS_FROM) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= TENTHS_FROM) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, size >= HUNDREDTHS_FROM ? "%.2f" : "%.3f", value);
    }
}
