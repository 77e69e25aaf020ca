package io.condatis.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RepeatsTest {
    @Test
    void shouldThrowAwayOnlyWhatTheHypervisorHasSpoiled() {
        assertTrue(Repeats.isTooMuch(0.04));
        assertFalse(Repeats.isTooMuch(0.02));
        assertFalse(Repeats.isTooMuch(Double.NaN));
    }

    @Test
    void shouldEndATrialOfAQuickRunWhateverHappenedMeanwhile() {
        final Repeats repeats = new Repeats(Scale.QUICK, System.out);

        assertFalse(repeats.begin("trial").again());
        assertEquals("", repeats.note());
    }
}
