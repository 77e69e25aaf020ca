package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RoundRobinTest {
    private static final int TURNS = 4;
    private static final long MEASURE_NS = TimeUnit.MILLISECONDS.toNanos(TURNS * 50);

    @TempDir
    private Path directory;

    @Test
    void shouldTakeTurnsForthAndBackAndMeetBeforeEach()
            throws IOException, InterruptedException, BrokenBarrierException {
        final List<String> order = new ArrayList<>();
        final int[] meetings = new int[1];
        final RoundRobin calls =
                new RoundRobin().add("a", () -> note(order, "a")).add("b", () -> note(order, "b"));

        calls.measure(plan(), 1, () -> {
            meetings[0]++;
            order.add("-");
        });

        assertEquals("-ab-a-b-b-a-a-b-b-a", String.join("", order));
        assertEquals(1 + 2 * TURNS, meetings[0]);
    }

    @Test
    void shouldLeaveAPercentileOfEachTurn() throws IOException, InterruptedException, BrokenBarrierException {
        new RoundRobin().add("a", () -> {}).measure(plan(), 1, RoundRobin.Meeting.NONE);

        final TrialResult result = TrialResult.load(directory.resolve("result.a"));
        assertTrue(result.histogram().getTotalCount() > 0);
        for (final double percentile : Latencies.HELD) {
            assertEquals(
                    TURNS,
                    result.turns().get(TrialResult.percentile(percentile)).size());
        }
    }

    private TrialPlan plan() {
        return new TrialPlan(1, MEASURE_NS, directory.resolve("result").toString());
    }

    private static void note(final List<String> order, final String who) {
        if (!order.get(order.size() - 1).equals(who)) {
            order.add(who);
        }
    }
}
