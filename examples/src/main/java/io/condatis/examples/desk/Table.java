package io.condatis.examples.desk;

import java.util.ArrayList;
import java.util.List;

/** Text in columns: the first to the left, the others to the right. */
final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(final String... header) {
        row(header);
    }

    Table row(final String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** {@return one string for each line; in the middle of a long table a note of how many are left out} */
    List<String> lines(final int maxRows) {
        final List<String> lines = new ArrayList<>();
        final int[] widths = widths();
        final int hidden = Math.max(0, rows.size() - 1 - maxRows);
        final int firstHidden = 1 + (maxRows + 1) / 2;
        for (int i = 0; i < rows.size(); i++) {
            if (hidden > 0 && i == firstHidden) {
                lines.add("... " + hidden + " more ...");
                i += hidden;
            }
            lines.add(line(rows.get(i), widths));
        }
        return lines;
    }

    private int[] widths() {
        final int[] widths = new int[rows.get(0).size()];
        for (final List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(final List<String> cells, final int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            final String padding = " ".repeat(widths[i] - cells.get(i).length());
            line.append(i == 0 ? cells.get(i) + padding : GAP + padding + cells.get(i));
        }
        return line.toString().stripTrailing();
    }
}
