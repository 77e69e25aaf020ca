package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.perf.suite.Scale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TrialPlanTest {
    @Test
    void shouldMakeTrialsOfAFullRunShorterButWhatNeedsItsTime() {
        final TrialPlan normal = TrialPlan.of(Scale.NORMAL, "");

        assertTrue(TrialPlan.of(Scale.FULL, "").measureNs() < normal.measureNs());
        assertEquals(normal, TrialPlan.of(TrialPlan.unhurried(Scale.FULL), ""));
        assertEquals(TrialPlan.of(Scale.QUICK, ""), TrialPlan.of(TrialPlan.unhurried(Scale.QUICK), ""));
    }

    @Test
    void shouldGiveSecondsToJvmsThatGetWarmTogether() {
        for (final Scale scale : Scale.values()) {
            assertTrue(TrialPlan.of(scale, "").warmTogetherNs() >= TimeUnit.SECONDS.toNanos(4), scale.toString());
        }
        assertTrue(new TrialPlan(1, 1, "").warmTogetherNs() < TimeUnit.MILLISECONDS.toNanos(1));
    }

    @Test
    void shouldTrySeldomWhatHasNoRatio() {
        assertEquals(TrialPlan.NORMAL_TRIALS, timesWithAll(Scale.NORMAL));
        assertEquals(4, timesWithAll(Scale.FULL));
        assertTrue(TrialPlan.isWithFew(Scale.QUICK, 0));
        assertFalse(TrialPlan.isWithFew(Scale.QUICK, 1));
    }

    private static long timesWithAll(final Scale scale) {
        return IntStream.range(0, TrialPlan.trials(scale))
                .filter(trial -> TrialPlan.isWithAll(scale, trial))
                .count();
    }
}
