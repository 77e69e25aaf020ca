package io.condatis.internal.host;

import io.condatis.internal.protocol.Metric;
import java.util.ArrayList;
import java.util.List;

/** Writes metrics as OpenMetrics text, version 1.0.0. Any thread. */
final class OpenMetricsText {
    static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String BYTES = " bytes";
    private static final String NANOSECONDS = " ns";
    private static final double NS_PER_S = 1e9;

    private final Metrics metrics;

    OpenMetricsText(final Metrics metrics) {
        this.metrics = metrics;
    }

    String write() {
        final StringBuilder text = new StringBuilder();
        final List<Figures> manager = List.of(metrics.manager());
        Metric.ofManager().forEach(metric -> writeFamily(metric, manager, text));
        final List<Figures> queues = new ArrayList<>(metrics.queues());
        Metric.ofQueue().forEach(metric -> writeFamily(metric, queues, text));
        return text.append("# EOF\n").toString();
    }

    private void writeFamily(final Metric metric, final List<Figures> all, final StringBuilder text) {
        final String name = nameOf(metric);
        text.append("# TYPE ").append(name).append(metric.isCumulative() ? " counter\n" : " gauge\n");
        final String unit = unitOf(metric);
        if (unit != null) {
            text.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
        }
        text.append("# HELP ").append(name).append(' ').append(metric.help()).append('\n');
        for (final Figures figures : all) {
            text.append(name).append(metric.isCumulative() ? "_total" : "");
            text.append("{manager=\"").append(escape(metrics.name())).append('"');
            if (figures.queue() != null) {
                text.append(",queue=\"").append(escape(figures.queue())).append('"');
            }
            text.append("} ").append(value(metric, figures.get(metric))).append('\n');
        }
    }

    private static String nameOf(final Metric metric) {
        final String label = metric.label().endsWith(NANOSECONDS)
                ? metric.label().substring(0, metric.label().length() - NANOSECONDS.length()) + " seconds"
                : metric.label();
        return "condatis_" + (metric.isOfQueue() ? "queue_" : "") + label.replace(' ', '_');
    }

    private static String unitOf(final Metric metric) {
        return metric.label().endsWith(BYTES) ? "bytes" : metric.label().endsWith(NANOSECONDS) ? "seconds" : null;
    }

    private static String value(final Metric metric, final long value) {
        return metric.label().endsWith(NANOSECONDS) ? Double.toString(value / NS_PER_S) : Long.toString(value);
    }

    private static String escape(final String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
