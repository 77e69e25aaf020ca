package io.condatis.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All that a run found: as text, as JSON and as a page. */
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
        final List<String> parts = new ArrayList<>();
        if (sections.stream().anyMatch(section -> !section.rows().isEmpty())) {
            parts.add(figures());
        }
        if (sections.stream().anyMatch(section -> !section.notes().isEmpty())) {
            parts.add(notes());
        }
        if (sections.stream().anyMatch(section -> !section.bars().isEmpty())) {
            parts.add(bars());
        }
        return String.join("\n", parts);
    }

    /**
     * The report as data.
     *
     * @param environment of the run, ended
     * @return what {@code report.json} holds
     */
    public ReportFile file(final Environment environment) {
        return ReportFile.of(environment, sections);
    }

    /**
     * Write report.json and report.html.
     *
     * @param environment of the run, ended
     * @param directory holding the histograms and recordings, which the page shows and links
     * @throws IOException when they cannot be written
     */
    public void write(final Environment environment, final Path directory) throws IOException {
        file(environment).write(directory.resolve("report.json"));
        Files.writeString(
                directory.resolve("report.html"),
                new HtmlReport(environment, sections, directory).page(recordings(directory)));
    }

    /** Of the suites of this run: the directory may have those of others. */
    private List<String> recordings(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jfr"))
                    .filter(name -> sections.stream().anyMatch(section -> name.startsWith(section.suite() + "-")))
                    .sorted()
                    .toList();
        }
    }

    private String notes() {
        final StringBuilder text = new StringBuilder("Notes\n");
        for (final Section section : sections) {
            section.notes().forEach(note -> text.append("- ")
                    .append(section.suite())
                    .append(": ")
                    .append(note)
                    .append('\n'));
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
