package io.condatis.perf.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one page that needs nothing from elsewhere: no script, no font, no network. */
final class HtmlReport {
    private final Environment environment;
    private final List<Section> sections;
    private final Path directory;
    private final StringBuilder html = new StringBuilder();

    /** A page of what was found; the histograms and recordings lie in the directory. */
    HtmlReport(final Environment environment, final List<Section> sections, final Path directory) {
        this.environment = environment;
        this.sections = sections;
        this.directory = directory;
    }

    String page(final List<String> recordings) throws IOException {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append("<title>Condatis perf</title>\n<style>\n")
                .append(style())
                .append("</style></head><body>\n<h1>Condatis perf</h1>\n");
        summary();
        bars();
        for (final Section section : sections) {
            section(section);
        }
        recordings(recordings);
        environment();
        return html.append("</body></html>\n").toString();
    }

    private void summary() {
        final List<Bar> bars =
                sections.stream().flatMap(section -> section.bars().stream()).toList();
        final long met =
                bars.stream().filter(bar -> bar.verdict() == Verdict.MET).count();
        html.append("<p class=\"summary\"><strong>")
                .append(met)
                .append(" of ")
                .append(bars.size())
                .append("</strong> bars met &middot; ")
                .append(HtmlText.escape(failedSuites()))
                .append(HtmlText.escape(environment.judgement()))
                .append("</p>\n");
    }

    /** Suites that failed have no bars that could be missed. */
    private String failedSuites() {
        final String names =
                sections.stream().filter(Section::hasFailed).map(Section::suite).collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "NOT MEASURED: " + names + " \u00b7 ";
    }

    private void bars() {
        if (sections.stream().allMatch(section -> section.bars().isEmpty())) {
            return;
        }
        html.append("<h2>Bars</h2>\n<table><thead><tr><th>suite</th><th>bar</th><th class=\"n\">measured</th>")
                .append("<th class=\"n\">below</th><th>verdict</th></tr></thead><tbody>\n");
        for (final Section section : sections) {
            for (final Bar bar : section.bars()) {
                html.append("<tr>");
                cell(section.suite());
                cell(bar.name());
                number(Numbers.format(bar.measured()));
                number(Numbers.format(bar.limit()));
                html.append("<td class=\"verdict ")
                        .append(bar.verdict() == Verdict.MET ? "met" : "missed")
                        .append("\">")
                        .append(bar.verdict())
                        .append("</td></tr>\n");
            }
        }
        html.append("</tbody></table>\n");
    }

    private void section(final Section section) throws IOException {
        html.append("<h2>").append(HtmlText.escape(section.suite())).append("</h2>\n");
        final List<PercentileCurve> curves = PercentileCurve.ofSuite(section.suite(), directory);
        final int charts = (curves.size() + HtmlText.COLOURS - 1) / HtmlText.COLOURS;
        for (int i = 0; i < charts; i++) {
            curves(curves.subList(i * curves.size() / charts, (i + 1) * curves.size() / charts), curves);
        }
        charts(section);
        figures(section);
        for (final String note : section.notes()) {
            html.append("<p class=\"note\">").append(HtmlText.escape(note)).append("</p>\n");
        }
    }

    /** No two curves of a chart have the same colour; all charts of a suite have the same axes. */
    private void curves(final List<PercentileCurve> shown, final List<PercentileCurve> all) {
        html.append("<figure>").append(new PercentileChart(shown, all).svg()).append("<figcaption>");
        for (int i = 0; i < shown.size(); i++) {
            html.append("<span class=\"key\"><span class=\"swatch k")
                    .append(i)
                    .append("\"></span>")
                    .append(HtmlText.escape(shown.get(i).name()))
                    .append("</span> ");
        }
        html.append("</figcaption></figure>\n");
    }

    /** A chart for each unit that is a rate or a cost and has something to be compared with. */
    private void charts(final Section section) {
        final Map<String, List<Figure>> byUnit = section.rows().stream()
                .map(Section.Row::figure)
                .filter(figure -> figure.unit().endsWith("/s") || figure.unit().endsWith("/op"))
                .filter(figure -> !figure.unit().startsWith("B") && Double.isFinite(figure.most()))
                .collect(Collectors.groupingBy(Figure::unit, LinkedHashMap::new, Collectors.toList()));
        byUnit.forEach((unit, figures) -> {
            if (figures.size() > 1) {
                html.append(BarChart.html(unit, figures));
            }
        });
    }

    private void figures(final Section section) {
        if (section.rows().isEmpty()) {
            return;
        }
        html.append("<table><thead><tr><th>what</th><th class=\"n\">median</th><th class=\"n\">least</th>")
                .append("<th class=\"n\">most</th><th>unit</th><th class=\"n\">trials</th><th class=\"n\">ratio</th>")
                .append("<th>to</th></tr></thead><tbody>\n");
        for (final Section.Row row : section.rows()) {
            final Figure figure = row.figure();
            final Figure baseline = row.baseline();
            html.append("<tr>");
            cell(figure.name());
            number(Numbers.format(figure.median()));
            number(Numbers.format(figure.least()));
            number(Numbers.format(figure.most()));
            cell(figure.unit());
            number(Integer.toString(figure.trials().size()));
            number(baseline == null ? "" : Numbers.format(figure.ratioTo(baseline)));
            cell(baseline == null ? "" : baseline.name());
            html.append("</tr>\n");
        }
        html.append("</tbody></table>\n");
    }

    private void recordings(final List<String> recordings) {
        if (recordings.isEmpty()) {
            return;
        }
        html.append("<h2>Flight recordings</h2>\n<ul>\n");
        for (final String recording : recordings) {
            final String name = HtmlText.escape(recording);
            html.append("<li><a href=\"")
                    .append(name)
                    .append("\">")
                    .append(name)
                    .append("</a></li>\n");
        }
        html.append("</ul>\n");
    }

    private void environment() {
        html.append("<h2>Environment</h2>\n<table class=\"facts\"><tbody>\n");
        environment.facts().forEach((name, fact) -> {
            html.append("<tr><th>").append(HtmlText.escape(name)).append("</th>");
            cell(fact);
            html.append("</tr>\n");
        });
        html.append("</tbody></table>\n");
    }

    private void cell(final String text) {
        html.append("<td>").append(HtmlText.escape(text)).append("</td>");
    }

    private void number(final String text) {
        html.append("<td class=\"n\">").append(HtmlText.escape(text)).append("</td>");
    }

    private static String style() {
        try (InputStream style = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
