package io.condatis.perf.process;

import io.condatis.perf.report.HistogramFile;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Several clients in a JVM each, that measure together: each leaves results of its own, which become one. */
final class Crowd {
    static final int SIZE = 4;

    /** How often they begin anew, together: how five threads lie on two cores changes a call by half, and lasts. */
    static final int TURNS = 10;

    private static final long JOIN_SECONDS = 120;

    private Crowd() {}

    /** {@return the plan of one of them} */
    static TrialPlan plan(final TrialPlan whole, final int number) {
        return whole.part(String.valueOf(number));
    }

    /** Waits until all have left their results. */
    static void join(final List<WorkerProcess> clients) throws InterruptedException {
        for (final WorkerProcess client : clients) {
            if (!client.join(JOIN_SECONDS, TimeUnit.SECONDS)
                    || client.exitCode().getAsInt() != 0) {
                throw new IllegalStateException("a client did not end well");
            }
        }
    }

    /** One result of those that all have left by this name: the times together, the calls a second added up. */
    static void merge(final TrialPlan whole, final String part) throws IOException {
        final List<TrialResult> results = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            results.add(TrialResult.load(Path.of(plan(whole, i).part(part).resultFile())));
        }
        final double perSecond = results.stream()
                .mapToDouble(result -> result.numbers().getOrDefault(RoundTrips.PER_SECOND, 0.0))
                .sum();
        new TrialResult(
                        HistogramFile.merge(
                                results.stream().map(TrialResult::histogram).toList()),
                        Map.of(RoundTrips.PER_SECOND, perSecond))
                .store(Path.of(whole.part(part).resultFile()));
    }
}
