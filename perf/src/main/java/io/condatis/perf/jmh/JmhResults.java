package io.condatis.perf.jmh;

import io.condatis.perf.report.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** What JMH found in several trials, by class and method of the benchmark. */
final class JmhResults {
    private static final String ALLOCATION_RATE = "gc.alloc.rate";
    private static final String ALLOCATION = ALLOCATION_RATE + ".norm";

    private final Map<String, List<RunResult>> trials = new TreeMap<>();

    void add(final Collection<RunResult> trial) {
        for (final RunResult result : trial) {
            trials.computeIfAbsent(result.getParams().getBenchmark(), name -> new ArrayList<>())
                    .add(result);
        }
    }

    /**
     * Time per operation, of each trial that of its fastest iteration: who has the other half of a core makes a loop up to
     * twice as slow, for milliseconds or for seconds, and nobody makes it faster.
     */
    Figure time(final String name, final Class<?> benchmark, final String method) {
        final List<Double> fastest = scores(benchmark, method, result -> result.getPrimaryResult()
                .getStatistics()
                .getMin());
        return new Figure(name, "ns/op", fastest, true);
    }

    /**
     * Bytes allocated per operation, of each trial the mean of its iterations but the last. JMH divides what the JVM allocated,
     * its own few objects included, and in the last iteration those that end the trial too.
     */
    Figure allocation(final String name, final Class<?> benchmark, final String method) {
        return new Figure(name, "B/op", scores(benchmark, method, JmhResults::bytesBeforeTheLast));
    }

    private static double bytesBeforeTheLast(final RunResult trial) {
        final List<IterationResult> iterations = trial.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .toList();
        return iterations.stream()
                .limit(Math.max(1, iterations.size() - 1))
                .mapToDouble(JmhResults::bytes)
                .average()
                .orElseThrow();
    }

    /** Where nothing was allocated there is a rate, of 0, and no quotient; where the JVM does not count, no rate either. */
    private static double bytes(final IterationResult iteration) {
        final var rate = iteration.getSecondaryResults().get(ALLOCATION_RATE);
        final var bytes = iteration.getSecondaryResults().get(ALLOCATION);
        if (bytes != null) {
            return bytes.getScore();
        }
        return rate != null && rate.getScore() == 0 ? 0 : Double.NaN;
    }

    private List<Double> scores(
            final Class<?> benchmark, final String method, final ToDoubleFunction<RunResult> measurement) {
        final String name = benchmark.getName() + "." + method;
        final List<RunResult> results = trials.get(name);
        if (results == null) {
            throw new IllegalArgumentException("no benchmark " + name + " among " + trials.keySet());
        }
        return results.stream().mapToDouble(measurement).boxed().toList();
    }

    /** One entry a benchmark, whose raw data has a row a trial. */
    void writeJson(final Path file) {
        final List<RunResult> merged = new ArrayList<>();
        for (final List<RunResult> results : trials.values()) {
            final List<BenchmarkResult> forks = new ArrayList<>();
            results.forEach(result -> forks.addAll(result.getBenchmarkResults()));
            final BenchmarkParams params = results.get(0).getParams();
            merged.add(new RunResult(params, forks));
        }
        ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(merged);
    }
}
