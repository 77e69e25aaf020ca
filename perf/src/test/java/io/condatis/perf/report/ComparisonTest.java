package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    @Test
    void shouldCallATimeWorseWhenItsRatioGrows() {
        assertFalse(compare("ns/op", 1.0, 1.05).isWorse());
        assertFalse(compare("ns/op", 1.0, 0.5).isWorse());
        assertTrue(compare("ns/op", 1.0, 1.2).isWorse());
    }

    @Test
    void shouldCallARateWorseWhenItsRatioFalls() {
        assertFalse(compare("1/s", 1.0, 2.0).isWorse());
        assertTrue(compare("1/s", 1.0, 0.8).isWorse());
    }

    @Test
    void shouldCallARatioWorseWhenItIsNotMeasuredAnyMore() {
        final ReportFile before = report("ns/op", 1.0);
        final ReportFile now =
                new ReportFile(1, Map.of(), List.of(new ReportFile.Suite("suite", List.of(), List.of(), List.of())));
        assertTrue(Comparison.of(before, now, 0.1).isWorse());
    }

    @Test
    void shouldCompareOnlySuitesThatRanInBoth() {
        final ReportFile now = new ReportFile(1, Map.of(), List.of());
        assertEquals(0, Comparison.of(report("ns/op", 1.0), now, 0.1).compared());
    }

    @Test
    void shouldCountWhatAgreesInBothDirections() {
        assertEquals(1, compare("ns/op", 1.0, 1.09).agreeing());
        assertEquals(1, compare("ns/op", 1.0, 0.92).agreeing());
        assertEquals(0, compare("ns/op", 1.0, 0.5).agreeing());
        assertEquals(0, compare("ns/op", 1.0, 1.5).agreeing());
    }

    private static Comparison compare(final String unit, final double before, final double now) {
        return Comparison.of(report(unit, before), report(unit, now), 0.1);
    }

    private static ReportFile report(final String unit, final double ratio) {
        final ReportFile.Measured figure =
                new ReportFile.Measured("ours", unit, ratio, List.of(ratio), "limit", ratio, null);
        return new ReportFile(
                1, Map.of(), List.of(new ReportFile.Suite("suite", List.of(figure), List.of(), List.of())));
    }
}
