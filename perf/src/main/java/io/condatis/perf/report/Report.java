package io.condatis.perf.report;

import java.util.List;

/** All that a run found, as text. */
public final class Report {
    private final List<Section> sections;

    /**
     * A report.
     *
     * @param sections of the suites that ran, in their order
     */
    public Report(final List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    /** {@return the figures, what must be known to read them, and the bars with their verdicts} */
    public String text() {
        final StringBuilder text = new StringBuilder(figures());
        for (final Section section : sections) {
            for (final String note : section.notes()) {
                text.append(text.indexOf("\nNotes\n") < 0 ? "\nNotes\n" : "");
                text.append("- ")
                        .append(section.suite())
                        .append(": ")
                        .append(note)
                        .append('\n');
            }
        }
        if (sections.stream().anyMatch(section -> !section.bars().isEmpty())) {
            text.append('\n').append(bars());
        }
        return text.toString();
    }

    private String figures() {
        final TextTable table =
                new TextTable("suite", "what", ">median", ">least", ">most", "unit", ">trials", ">ratio", "to");
        for (final Section section : sections) {
            for (final Section.Row row : section.rows()) {
                final Figure figure = row.figure();
                final Figure baseline = row.baseline();
                table.line(
                        section.suite(),
                        figure.name(),
                        Numbers.format(figure.median()),
                        Numbers.format(figure.least()),
                        Numbers.format(figure.most()),
                        figure.unit(),
                        Integer.toString(figure.trials().size()),
                        baseline == null ? "" : Numbers.format(figure.ratioTo(baseline)),
                        baseline == null ? "" : baseline.name());
            }
        }
        return table.text();
    }

    private String bars() {
        final TextTable table = new TextTable("suite", "bar", ">measured", ">below", "verdict");
        for (final Section section : sections) {
            for (final Bar bar : section.bars()) {
                table.line(
                        section.suite(),
                        bar.name(),
                        Numbers.format(bar.measured()),
                        Numbers.format(bar.limit()),
                        bar.verdict().toString());
            }
        }
        return table.text();
    }
}
