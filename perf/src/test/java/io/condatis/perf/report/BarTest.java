package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarTest {
    @Test
    void shouldBeMetOnlyBelowTheLimit() {
        assertEquals(Verdict.MET, new Bar("b", 2.49, 2.5).verdict());
        assertEquals(Verdict.MISSED, new Bar("b", 2.5, 2.5).verdict());
        assertEquals(Verdict.MISSED, new Bar("b", Double.POSITIVE_INFINITY, 2.5).verdict());
    }

    @Test
    void shouldNotPassForMetWhenThereIsNoNumber() {
        assertEquals(Verdict.NOT_MEASURED, new Bar("b", Double.NaN, 2.5).verdict());
    }

    @Test
    void shouldHoldRatiosBetweenBetterHalvesAndLimitsAgainstTheMedian() {
        final Figure ours = new Figure("ours", "ns/op", List.of(5.0, 4.0, 100.0));
        final Figure theirs = new Figure("theirs", "ns/op", List.of(2.0, 2.0, 1.0));

        assertEquals(new Bar("ours / theirs", 3, 4), Bar.ratio(ours, theirs, 4));
        assertEquals(new Bar("ours, ns/op", 5, 3), Bar.below(ours, 3));
    }
}
