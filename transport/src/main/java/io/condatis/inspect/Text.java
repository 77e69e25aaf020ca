package io.condatis.inspect;

import java.util.Locale;

/** Text for people in columns of a terminal. Names come from files, so nothing of them may steer the terminal. */
final class Text {
    private static final String UNITS = "KMGTPE";
    /** First and last characters of the wide ranges, by Unicode's EastAsianWidth. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0xA4CF, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F, 0xFF00, 0xFF60, 0x1F300,
        0x10FFFF
    };

    private static final double NS_PER_MS = 1e6;

    private Text() {}

    /** Makes everything visible: what a terminal would act on becomes a question mark. */
    static String clean(final String text) {
        final StringBuilder clean = new StringBuilder();
        text.codePoints()
                .forEach(point -> clean.appendCodePoint(
                        switch (Character.getType(point)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.SURROGATE,
                                    Character.PRIVATE_USE,
                                    Character.UNASSIGNED,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR -> '?';
                            default -> point;
                        }));
        return clean.toString();
    }

    /** Cuts text to a number of columns; a tilde says so. */
    static String cut(final String text, final int columns) {
        final String clean = clean(text);
        if (width(clean) <= columns) {
            return clean;
        }
        final StringBuilder head = new StringBuilder();
        int used = 0;
        for (int i = 0; i < clean.length(); i += Character.charCount(clean.codePointAt(i))) {
            final int point = clean.codePointAt(i);
            used += width(point);
            if (used > columns - 1) {
                break;
            }
            head.appendCodePoint(point);
        }
        return head.append('~').toString();
    }

    /** Cuts or fills on the right. */
    static String left(final String text, final int columns) {
        final String cut = cut(text, columns);
        return cut + " ".repeat(columns - width(cut));
    }

    /** Cuts or fills on the left. */
    static String right(final String text, final int columns) {
        final String cut = cut(text, columns);
        return " ".repeat(columns - width(cut)) + cut;
    }

    static int width(final String text) {
        return text.codePoints().map(Text::width).sum();
    }

    /** Columns of a character: East Asian wide ones and pictures take two, marks on other characters none. */
    private static int width(final int point) {
        final int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (point >= WIDE[i] && point <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }

    /** A number of bytes in at most five characters: {@code 512}, {@code 1.5K}, {@code 64.0M}. */
    static String bytes(final long bytes) {
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        return unit < 0
                ? Long.toString(bytes)
                : String.format(Locale.ROOT, value < 99.95 ? "%.1f%c" : "%.0f%c", value, UNITS.charAt(unit));
    }

    /** A duration in at most seven characters: {@code 250ns}, {@code 12us}, {@code 3.1ms}, {@code 45.0s}. */
    static String duration(final long ns) {
        if (ns < 1_000) {
            return ns + "ns";
        }
        if (ns < 1_000_000) {
            return ns / 1_000 + "us";
        }
        final double ms = ns / NS_PER_MS;
        return ms < 1_000
                ? String.format(Locale.ROOT, "%.1fms", ms)
                : ms < 6e6 ? String.format(Locale.ROOT, "%.1fs", ms / 1e3) : Math.round(ms / 3.6e6) + "h";
    }

    /** A number a second, in at most six characters. */
    static String rate(final double perSecond) {
        return perSecond < 1_000 ? String.format(Locale.ROOT, "%.1f", perSecond) : amount(Math.round(perSecond));
    }

    /** A count in at most six characters. */
    static String amount(final long count) {
        if (count < 10_000) {
            return Long.toString(count);
        }
        final double thousands = count / 1e3;
        return thousands < 1_000
                ? Math.round(thousands) + "k"
                : thousands < 1e6 ? Math.round(thousands / 1e3) + "M" : Math.round(thousands / 1e6) + "G";
    }

    static String pid(final long pid) {
        return pid == 0 ? "-" : Long.toString(pid);
    }
}
