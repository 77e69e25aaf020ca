package io.condatis.perf.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** How long calls took: all of them, and some percentiles of each turn. */
final class TurnTimes {
    private final Histogram all = RoundTrips.newHistogram();
    private final Histogram turn = RoundTrips.newHistogram();
    private final Map<String, List<Double>> turns = new TreeMap<>();

    void add(final long ns) {
        turn.recordValue(Math.min(RoundTrips.LONGEST_NS, ns));
    }

    /** The turn did not count. */
    void forgetTurn() {
        turn.reset();
    }

    void endTurn() {
        for (final double percentile : Latencies.HELD) {
            turns.computeIfAbsent(TrialResult.percentile(percentile), key -> new ArrayList<>())
                    .add((double) turn.getValueAtPercentile(percentile));
        }
        all.add(turn);
        turn.reset();
    }

    TrialResult result(final Map<String, Double> numbers) {
        return new TrialResult(all, numbers, turns);
    }
}
