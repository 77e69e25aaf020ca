package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class HtmlReportTest {
    @TempDir
    private Path directory;

    @Test
    void shouldDrawACurveForEachHistogramOfTheSuiteButNotForTrials() throws Exception {
        histogram("s-fast.hgrm", 500);
        histogram("s-slow.hgrm", 90_000);
        histogram("s-slow-trial-1.hgrm", 1);
        histogram("other-slow.hgrm", 1);

        final List<PercentileCurve> curves = PercentileCurve.ofSuite("s", directory);
        assertEquals(
                List.of("fast", "slow"),
                curves.stream().map(PercentileCurve::name).toList());
        assertEquals(0.5, curves.get(0).leastMicros(), 0.01);
        assertEquals(90, curves.get(1).leastMicros(), 1);

        final String svg = new PercentileChart(curves, curves).svg();
        assertTrue(svg.contains(">99.9 %<"), svg);
        assertEquals(2, svg.split("<polyline", -1).length - 1);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void shouldDrawSeveralChartsWithTheSameAxesWhenThereAreMoreCurvesThanColours() throws IOException {
        for (int i = 0; i < 17; i++) {
            histogram("s-curve-" + i + ".hgrm", i == 16 ? 90_000 : 500);
        }
        final Environment environment = Environment.begin("condatis perf");
        environment.end();

        final String page = new HtmlReport(environment, List.of(new Section("s")), directory).page(List.of());

        final String[] charts = page.split("<figure>", -1);
        assertEquals(3, charts.length - 1);
        int curves = 0;
        for (int i = 1; i < charts.length; i++) {
            final int here = charts[i].split("<polyline", -1).length - 1;
            assertEquals(here, charts[i].split("class=\"swatch ", -1).length - 1);
            assertTrue(here <= HtmlText.COLOURS && charts[i].contains(">100 us<"), charts[i]);
            curves += here;
        }
        assertEquals(17, curves);
    }

    @Test
    void shouldEscapeWhatSuitesCallThings() throws IOException {
        final Environment environment = Environment.begin("condatis perf <x>");
        environment.end();
        final Section section = new Section("s")
                .add(new Figure("a < b & c", "1/s", List.of(1.0, 2.0)))
                .add(new Figure("other", "1/s", List.of(3.0)))
                .add(new Bar("x < y", Double.NaN, 2));
        final String page = new HtmlReport(environment, List.of(section), directory).page(List.of("s-1.jfr"));
        assertTrue(page.contains("a &lt; b &amp; c"), page);
        assertTrue(page.contains("perf &lt;x&gt;"), page);
        assertTrue(page.contains("not measured"), page);
        assertTrue(page.contains("<a href=\"s-1.jfr\">"), page);
        assertTrue(page.contains("class=\"bars\""), page);
    }

    private void histogram(final String name, final long leastNs) throws IOException {
        final Histogram histogram = new Histogram(3);
        for (int i = 0; i < 2_000; i++) {
            histogram.recordValue(leastNs + i);
        }
        HistogramFile.write(histogram, directory.resolve(name));
        assertTrue(Files.exists(directory.resolve(name)));
    }
}
