package io.condatis.perf.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A report as a file, {@code report.json}: what a later run is compared with.
 *
 * @param format of the file; {@value #FORMAT} now
 * @param environment where and when the run took place
 * @param suites that ran, in their order
 */
public record ReportFile(int format, Map<String, String> environment, List<Suite> suites) {
    private static final int FORMAT = 4;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * What a suite found.
     *
     * @param name of the suite
     * @param figures measured
     * @param bars held against them
     * @param notes for the reader
     */
    public record Suite(String name, List<Measured> figures, List<Held> bars, List<String> notes) {
        /** {@return whether there is something to compare a later run with} */
        public boolean hasRatio() {
            return figures.stream().anyMatch(figure -> figure.ratio != null);
        }

        private void check() {
            Objects.requireNonNull(name, "a suite has no name");
            Objects.requireNonNull(figures, "suite " + name + " has no figures");
            for (final Measured figure : figures) {
                Objects.requireNonNull(figure, "suite " + name + " has a figure that is null");
                Objects.requireNonNull(figure.name, "suite " + name + " has a figure without a name");
                if (figure.ratio != null) {
                    Objects.requireNonNull(figure.baseline, figure.name + " has a ratio to nothing");
                    Objects.requireNonNull(figure.unit, figure.name + " has no unit");
                    if (!(figure.ratio > 0 && figure.ratio < Double.POSITIVE_INFINITY)) {
                        throw new JsonParseException(figure.name + " has a ratio of " + figure.ratio);
                    }
                }
            }
        }
    }

    /**
     * A figure.
     *
     * @param name of it
     * @param unit of its trials
     * @param median of its trials
     * @param trials one for each
     * @param baseline name of what it is compared with, null for nothing
     * @param ratio to the baseline, null without baseline or when one of them is no number
     * @param turns what each turn showed, for each trial; null when trials had no turns
     */
    public record Measured(
            String name,
            String unit,
            Double median,
            List<Double> trials,
            String baseline,
            Double ratio,
            List<List<Double>> turns) {}

    /**
     * A bar.
     *
     * @param name of what is claimed
     * @param measured null when it could not be measured
     * @param limit the first number that is too much
     * @param verdict in words
     */
    public record Held(String name, Double measured, double limit, String verdict) {}

    static ReportFile of(final Environment environment, final List<Section> sections) {
        return new ReportFile(
                FORMAT,
                environment.facts(),
                sections.stream().map(ReportFile::suite).toList());
    }

    private static Suite suite(final Section section) {
        return new Suite(
                section.suite(),
                section.rows().stream().map(ReportFile::measured).toList(),
                section.bars().stream().map(ReportFile::held).toList(),
                List.copyOf(section.notes()));
    }

    private static Measured measured(final Section.Row row) {
        final Figure figure = row.figure();
        final Figure baseline = row.baseline();
        return new Measured(
                figure.name(),
                figure.unit(),
                number(figure.median()),
                figure.trials().stream().filter(Double::isFinite).toList(),
                baseline == null ? null : baseline.name(),
                baseline == null ? null : number(figure.ratioTo(baseline)),
                figure.turns().isEmpty() ? null : figure.turns());
    }

    private static Held held(final Bar bar) {
        return new Held(
                bar.name(), number(bar.measured()), bar.limit(), bar.verdict().toString());
    }

    private static Double number(final double value) {
        return Double.isFinite(value) ? value : null;
    }

    void write(final Path file) throws IOException {
        Files.writeString(file, GSON.toJson(this) + "\n");
    }

    /**
     * Read a report.
     *
     * @param file written by an earlier run
     * @return the report
     * @throws IOException when it cannot be read or is no report of this format
     */
    public static ReportFile read(final Path file) throws IOException {
        final String json;
        try {
            json = Files.readString(file);
        } catch (final IOException e) {
            throw new IOException(
                    "The report " + file + " cannot be read (" + e + "); give the report.json of an earlier run", e);
        }
        try {
            final ReportFile report = GSON.fromJson(json, ReportFile.class);
            if (report == null || report.format != FORMAT || report.suites == null) {
                throw new IOException(file + " is no report of format " + FORMAT
                        + "; give the report.json of a run of this version of 'condatis perf'");
            }
            for (final Suite suite : report.suites) {
                Objects.requireNonNull(suite, "it has a suite that is null").check();
            }
            return report;
        } catch (final JsonParseException | NullPointerException | NumberFormatException e) {
            throw new IOException(file + " is no report: " + e.getMessage(), e);
        }
    }
}
