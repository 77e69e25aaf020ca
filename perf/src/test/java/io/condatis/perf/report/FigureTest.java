package io.condatis.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void shouldTakeTheMiddleTrialWhateverTheOrder() {
        final Figure figure = new Figure("get", "ns/op", List.of(9.0, 1.0, 3.0));

        assertEquals(3, figure.median());
        assertEquals(1, figure.least());
        assertEquals(9, figure.most());
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddleWhenTrialsAreEven() {
        assertEquals(2.5, new Figure("get", "ns/op", List.of(100.0, 2.0, 3.0, 1.0)).median());
    }

    @Test
    void shouldCountTheBetterHalfOfItsTrials() {
        assertEquals(2, new Figure("get", "ns/op", List.of(70.0, 1.0, 9.0, 3.0)).undisturbed());
        assertEquals(2, new Figure("get", "ns/op", List.of(3.0, 70.0, 1.0)).undisturbed());
        assertEquals(80, new Figure("gets", "1/s", List.of(70.0, 1.0, 9.0, 90.0)).undisturbed());
        assertEquals(7, new Figure("get", "ns/op", List.of(7.0)).undisturbed());
    }

    @Test
    void shouldCountTheBestOfFloors() {
        assertEquals(1, new Figure("get", "ns/op", List.of(70.0, 1.0, 9.0, 3.0), true).undisturbed());
    }

    @Test
    void shouldHoldBetterHalfAgainstBetterHalf() {
        final Figure ours = new Figure("ours", "us", List.of(6.0, 8.0, 70.0));
        final Figure theirs = new Figure("theirs", "us", List.of(2.0, 50.0, 10.0, 5.0));

        assertEquals(2, ours.ratioTo(theirs));
    }

    @Test
    void shouldCountTheBetterHalfOfAllTurns() {
        final Figure figure = new Figure("get", "us", List.of(50.0, 60.0, 70.0))
                .inTurns(List.of(List.of(9.0, 1.0, 4.0, 2.0, 8.0), List.of(4.0), List.of(90.0, 6.0)));

        assertEquals(2.75, figure.undisturbed());
        assertEquals(60, figure.median());
    }

    @Test
    void shouldCountTheHigherTurnsOfARate() {
        final Figure figure =
                new Figure("gets", "1/s", List.of(5.0)).inTurns(List.of(List.of(9.0, 1.0, 4.0, 2.0, 8.0)));

        assertEquals(7, figure.undisturbed());
    }

    @Test
    void shouldKeepItsTrialsWhenTheListChanges() {
        final List<Double> trials = new ArrayList<>(List.of(1.0));
        final Figure figure = new Figure("get", "ns/op", trials);
        trials.set(0, 2.0);

        assertEquals(1, figure.median());
    }

    @Test
    void shouldRefuseNoTrials() {
        final var failure = assertThrows(IllegalArgumentException.class, () -> new Figure("get", "ns/op", List.of()));

        assertEquals("no trials of get", failure.getMessage());
    }
}
