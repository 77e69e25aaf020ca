package io.condatis.perf.report;

import java.util.List;
import java.util.Locale;

/** Percentile curves as SVG: percentiles on the usual axis of nines, latency on a logarithmic one. */
final class PercentileChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 340;
    private static final int LEFT = 70;
    private static final int RIGHT = 36;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private final List<PercentileCurve> curves;
    private final double mostNines;
    private final int leastDecade;
    private final int mostDecade;

    /** A chart of some curves, with axes that have room for all of those it is to be compared with. */
    PercentileChart(final List<PercentileCurve> shown, final List<PercentileCurve> curves) {
        this.curves = shown;
        mostNines = Math.max(
                1,
                Math.ceil(curves.stream()
                        .mapToDouble(PercentileCurve::mostNines)
                        .max()
                        .orElse(1)));
        leastDecade = (int) Math.floor(Math.log10(
                curves.stream().mapToDouble(PercentileCurve::leastMicros).min().orElse(1)));
        mostDecade = Math.max(leastDecade + 1, (int) Math.ceil(Math.log10(
                curves.stream().mapToDouble(PercentileCurve::mostMicros).max().orElse(1))));
    }

    String svg() {
        final StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"latency by percentile\">%n",
                WIDTH,
                HEIGHT));
        for (int nines = 0; nines <= mostNines; nines++) {
            line(svg, x(nines), TOP, x(nines), HEIGHT - BOTTOM);
            text(svg, x(nines), HEIGHT - BOTTOM + 18, "middle", percentile(nines));
        }
        for (int decade = leastDecade; decade <= mostDecade; decade++) {
            final double y = y(Math.pow(10, decade));
            line(svg, LEFT, y, WIDTH - RIGHT, y);
            text(svg, LEFT - 8, y + 4, "end", latency(Math.pow(10, decade)));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "percentile");
        for (int i = 0; i < curves.size(); i++) {
            curve(svg, i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void curve(final StringBuilder svg, final int index) {
        final PercentileCurve curve = curves.get(index);
        final StringBuilder points = new StringBuilder();
        for (final PercentileCurve.Point point : curve.points()) {
            if (point.micros() > 0) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.nines()), y(point.micros())));
            }
        }
        svg.append(String.format(
                "<polyline class=\"curve c%d\" points=\"%s\"><title>%s</title></polyline>%n",
                index % HtmlText.COLOURS, points.toString().strip(), HtmlText.escape(curve.name())));
    }

    private static String percentile(final int nines) {
        return switch (nines) {
            case 0 -> "0 %";
            case 1 -> "90 %";
            case 2 -> "99 %";
            default -> "99." + "9".repeat(nines - 2) + " %";
        };
    }

    private static String latency(final double micros) {
        if (micros >= MICROS_PER_SECOND) {
            return Math.round(micros / MICROS_PER_SECOND) + " s";
        }
        if (micros >= MICROS_PER_MILLI) {
            return Math.round(micros / MICROS_PER_MILLI) + " ms";
        }
        return micros >= 1 ? Math.round(micros) + " us" : Math.round(micros * MICROS_PER_MILLI) + " ns";
    }

    private double x(final double nines) {
        return LEFT + (WIDTH - LEFT - RIGHT) * nines / mostNines;
    }

    private double y(final double micros) {
        final double share = (Math.log10(micros) - leastDecade) / (mostDecade - leastDecade);
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
    }

    private static void line(
            final StringBuilder svg, final double x1, final double y1, final double x2, final double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(
            final StringBuilder svg, final double x, final double y, final String anchor, final String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }
}
