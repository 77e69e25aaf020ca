package io.condatis.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenMetrics text, read as strictly as its specification (1.0.0) is written, as far as gauges and counters go. */
final class OpenMetrics {
    private static final Pattern META = Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (-?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private record Sample(String name, Map<String, String> labels, double value) {}

    private final Map<String, String> types = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();

    private OpenMetrics() {}

    static OpenMetrics parse(final String text) {
        assertTrue(text.endsWith("\n# EOF\n"), text);
        final OpenMetrics metrics = new OpenMetrics();
        String family = "";
        for (final String line :
                text.substring(0, text.length() - "# EOF\n".length()).split("\n")) {
            final Matcher meta = META.matcher(line);
            if (meta.matches()) {
                family = metrics.meta(meta, family);
            } else {
                metrics.sample(line, family);
            }
        }
        return metrics;
    }

    /** The lines of a family come together, its type first. */
    private String meta(final Matcher meta, final String family) {
        final String name = meta.group(2);
        if (meta.group(1).equals("TYPE")) {
            assertTrue(meta.group(3).equals("gauge") || meta.group(3).equals("counter"), meta.group());
            assertNull(types.put(name, meta.group(3)), name);
            return name;
        }
        assertEquals(family, name, meta.group());
        if (meta.group(1).equals("UNIT")) {
            assertTrue(name.endsWith("_" + meta.group(3)), meta.group());
        }
        return family;
    }

    private void sample(final String line, final String family) {
        final Matcher sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        assertEquals(family + (types.get(family).equals("counter") ? "_total" : ""), sample.group(1), line);
        final Map<String, String> labels = labels(sample.group(2));
        assertFalse(
                samples.stream().anyMatch(other -> other.name.equals(sample.group(1)) && other.labels.equals(labels)),
                line);
        samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
    }

    private static Map<String, String> labels(final String text) {
        final Map<String, String> labels = new HashMap<>();
        final Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            assertTrue(label.find(end) && label.start() == end, text);
            labels.put(label.group(1), label.group(2).replace("\\\"", "\"").replace("\\\\", "\\"));
            end = label.end();
        }
        return labels;
    }

    String typeOf(final String family) {
        return types.get(family);
    }

    /** The value of the only sample of that name. */
    double value(final String name) {
        final List<Sample> found =
                samples.stream().filter(sample -> sample.name.equals(name)).toList();
        assertEquals(1, found.size(), name);
        return found.get(0).value;
    }

    /** The labels of a sample that has a value, or null. */
    Map<String, String> labelsOf(final String name, final double value) {
        assertNotNull(types.get(name), name);
        return samples.stream()
                .filter(sample -> sample.name.equals(name) && sample.value == value)
                .map(Sample::labels)
                .findAny()
                .orElse(null);
    }
}
