package io.condatis.perf.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cells in aligned columns; columns of numbers to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final boolean[] right;
    private final List<String[]> lines = new ArrayList<>();

    /** The headings; one that begins with '>' heads a column that is aligned to the right. */
    TextTable(final String... headings) {
        right = new boolean[headings.length];
        final String[] shown = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            shown[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        lines.add(shown);
    }

    void line(final String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(
                    cells.length + " cells in a table of " + right.length + " columns: " + Arrays.toString(cells));
        }
        lines.add(cells);
    }

    /** {@return the lines, the headings ruled off, without trailing blanks} */
    String text() {
        final int[] widths = widths();
        final StringBuilder text = new StringBuilder();
        append(text, lines.get(0), widths);
        final String[] rules = new String[widths.length];
        for (int i = 0; i < widths.length; i++) {
            rules[i] = "-".repeat(widths[i]);
        }
        append(text, rules, widths);
        lines.stream().skip(1).forEach(line -> append(text, line, widths));
        return text.toString();
    }

    private int[] widths() {
        final int[] widths = new int[right.length];
        for (final String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        return widths;
    }

    private void append(final StringBuilder text, final String[] cells, final int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            final String padding = " ".repeat(widths[i] - cells[i].length());
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + cells[i] : cells[i] + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
