package io.condatis.perf.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a reader wants them: three or four digits that mean something. */
final class Numbers {
    private static final double INTEGERS_FROM = 100;
    private static final double TENTHS_FROM = 10;
    private static final double HUNDREDTHS_FROM = 1;
    private static final double THOUSANDTHS_FROM = 0.1;
    /** Below that nothing is told from zero. */
    private static final double TWO_DIGITS_FROM = 0.000_01;

    private static final MathContext TWO_DIGITS = new MathContext(2);

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
        if (size >= THOUSANDTHS_FROM || size < TWO_DIGITS_FROM) {
            return String.format(Locale.ROOT, size >= HUNDREDTHS_FROM ? "%.2f" : "%.3f", value);
        }
        return new BigDecimal(value).round(TWO_DIGITS).toPlainString();
    }
}
