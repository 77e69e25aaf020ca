package io.condatis.perf.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RepeatsTest {
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @Test
    void shouldKeepWhatTheHypervisorLeftAlone() {
        for (final double cores : new double[] {0, 0.02, Double.NaN}) {
            final Repeats repeats = stealing(Scale.FULL, cores);

            assertFalse(repeats.begin("trial").again());
            assertEquals("", repeats.note());
        }
    }

    @Test
    void shouldThrowAwayWhatTheHypervisorHasSpoiledAndSaySo() {
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            final Repeats repeats = stealing(Scale.NORMAL, 0.04, 0.25, 0.01);
            final Repeats.Trial trial = repeats.begin("values: trial 1");

            assertTrue(trial.again());
            assertTrue(trial.again());
            assertFalse(trial.again());
            assertEquals(
                    List.of(
                            "values: trial 1: again, the hypervisor took 0.04 cores",
                            "values: trial 1: again, the hypervisor took 0.25 cores"),
                    progress.toString(StandardCharsets.UTF_8).lines().toList());
            assertTrue(repeats.note().endsWith("thrown away: 2, that count all the same: 0"), repeats::note);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldTellOfATrialThatCountsAlthoughItWasSpoiledEachTime() {
        final Repeats repeats = stealing(Scale.FULL, 1, 1, 1);
        final Repeats.Trial trial = repeats.begin("trial");

        assertTrue(trial.again());
        assertTrue(trial.again());
        assertFalse(trial.again());
        assertTrue(repeats.note().endsWith("thrown away: 2, that count all the same: 1"), repeats::note);
    }

    @Test
    void shouldNotGoOnForEverOnAHostThatTakesSomeAllTheTime() {
        final Repeats repeats = new Repeats(Scale.FULL, new PrintStream(progress, true), () -> () -> 1);
        int attempts = 0;
        for (int i = 0; i < 100; i++) {
            final Repeats.Trial trial = repeats.begin("trial");
            do {
                attempts++;
            } while (trial.again());
        }
        assertTrue(attempts <= 125, attempts + " attempts at 100 trials");
        assertTrue(repeats.note().endsWith("that count all the same: 100"), repeats::note);
    }

    @Test
    void shouldEndATrialOfAQuickRunWhateverHappenedMeanwhile() {
        final Repeats repeats = stealing(Scale.QUICK, 1);

        assertFalse(repeats.begin("trial").again());
        assertTrue(repeats.note().endsWith("thrown away: 0, that count all the same: 1"), repeats::note);
    }

    private Repeats stealing(final Scale scale, final double... cores) {
        final int[] attempts = new int[1];
        return new Repeats(scale, new PrintStream(progress, true, StandardCharsets.UTF_8), () -> {
            final double stolen = cores[attempts[0]++];
            return () -> stolen;
        });
    }
}
