package io.condatis.perf.process;

import io.condatis.perf.report.HistogramFile;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Several clients in a JVM each, that measure together: each leaves results of its own, which become one. */
final class Crowd {
    static final int SIZE = 4;

    private Crowd() {}

    /** {@return the plan of one of them} */
    static TrialPlan plan(final TrialPlan whole, final int number) {
        return whole.part(String.valueOf(number));
    }

    /**
     * Waits until all have left their results.
     *
     * @throws IllegalStateException as soon as one of them fails, for which the others would wait; or when it takes too long
     */
    static void join(final List<WorkerProcess> clients, final TrialPlan plan) throws InterruptedException {
        final CompletableFuture<?>[] each = clients.stream()
                .map(client -> client.onExit().thenAccept(Crowd::check))
                .toArray(CompletableFuture[]::new);
        final CompletableFuture<Void> all = CompletableFuture.allOf(each);
        for (final CompletableFuture<?> one : each) {
            one.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                }
            });
        }
        try {
            all.get(plan.longestWorkNs(), TimeUnit.NANOSECONDS);
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        } catch (final TimeoutException e) {
            throw new IllegalStateException(
                    "the clients are not done within " + TimeUnit.NANOSECONDS.toSeconds(plan.longestWorkNs()) + " s",
                    e);
        }
    }

    private static void check(final WorkerProcess client) {
        if (client.exitCode().getAsInt() != 0) {
            throw new IllegalStateException("a client of several failed, " + client + "; its standard error says why");
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
                        Map.of(RoundTrips.PER_SECOND, perSecond),
                        mean(results.stream().map(TrialResult::turns).toList()))
                .store(Path.of(whole.part(part).resultFile()));
    }

    /** For each percentile the mean of all clients, turn by turn. */
    private static Map<String, List<Double>> mean(final List<Map<String, List<Double>>> clients) {
        final Map<String, List<Double>> means = new TreeMap<>();
        clients.get(0)
                .forEach((percentile, turns) -> means.put(
                        percentile,
                        IntStream.range(0, turns.size())
                                .mapToObj(turn -> clients.stream()
                                        .mapToDouble(
                                                client -> client.get(percentile).get(turn))
                                        .average()
                                        .getAsDouble())
                                .toList()));
        return means;
    }
}
