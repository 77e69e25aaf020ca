package io.condatis.perf.report;

import java.util.List;
import java.util.Locale;

/** The medians of figures of one unit as bars, with the spread of their trials. */
final class BarChart {
    private static final double PERCENT = 100;

    private BarChart() {}

    static String html(final String unit, final List<Figure> figures) {
        final double most = figures.stream().mapToDouble(Figure::most).max().orElse(1);
        final StringBuilder html = new StringBuilder("<div class=\"bars\"><h3>")
                .append(HtmlText.escape(unit))
                .append("</h3>\n");
        for (final Figure figure : figures) {
            html.append(String.format(
                    Locale.ROOT,
                    "<div class=\"bar\"><span class=\"name\">%s</span><span class=\"track\">"
                            + "<span class=\"fill\" style=\"width:%.2f%%\"></span>"
                            + "<span class=\"spread\" style=\"left:%.2f%%;width:%.2f%%\"></span></span>"
                            + "<span class=\"value\">%s</span></div>%n",
                    HtmlText.escape(figure.name()),
                    PERCENT * figure.median() / most,
                    PERCENT * figure.least() / most,
                    PERCENT * (figure.most() - figure.least()) / most,
                    Numbers.format(figure.median())));
        }
        return html.append("</div>\n").toString();
    }
}
