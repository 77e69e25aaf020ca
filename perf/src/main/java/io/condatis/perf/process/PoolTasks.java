package io.condatis.perf.process;

import io.condatis.pool.Pool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Tiny tasks through a pool of two workers, and through the JDK's own pool in one process. */
final class PoolTasks {
    static final int WORKERS = 2;
    static final int TASKS = 10_000;
    static final String FIRST = "first";
    static final String CHUNK_1 = "chunk1";
    static final String DEFAULT_CHUNK = "defaultChunk";
    static final String FORK_JOIN = "forkJoin";

    private static final double NS_PER_US = 1_000;
    /** Three JVMs have to be warm, which compile on few processors: it takes seconds. */
    private static final long LEAST_WARMUP_NS = TimeUnit.SECONDS.toNanos(4);

    private static final long READY_SECONDS = 60;

    private PoolTasks() {}

    @FunctionalInterface
    private interface Round {
        void run() throws InterruptedException, ExecutionException;
    }

    /** Target of the trial's worker: measures and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException, ExecutionException {
        final List<Integer> items = IntStream.range(0, TASKS).boxed().toList();
        try (Pool pool = Pool.start(WORKERS)) {
            pool.awaitReady(READY_SECONDS, TimeUnit.SECONDS);
            final double first = timed(0, () -> check(pool.map(PoolTasks::twice, items, 1))) / TASKS / NS_PER_US;
            timed(LEAST_WARMUP_NS, () -> check(pool.map(PoolTasks::twice, items, 1)));
            final ForkJoinPool forkJoin = new ForkJoinPool(WORKERS);
            try {
                final List<Callable<Integer>> tasks = new ArrayList<>();
                items.forEach(item -> tasks.add(() -> twice(item)));
                final Map<String, Round> rounds = new LinkedHashMap<>();
                rounds.put(CHUNK_1, () -> check(pool.map(PoolTasks::twice, items, 1)));
                rounds.put(DEFAULT_CHUNK, () -> check(pool.map(PoolTasks::twice, items)));
                rounds.put(FORK_JOIN, () -> check(results(forkJoin, tasks)));
                takeTurns(plan, rounds, first).store(Path.of(plan.resultFile()));
            } finally {
                forkJoin.shutdownNow();
            }
        }
    }

    private static TrialResult takeTurns(final TrialPlan plan, final Map<String, Round> rounds, final double first)
            throws InterruptedException, ExecutionException {
        for (final Round round : rounds.values()) {
            timed(plan.warmupNs(), round);
        }
        final Map<String, List<Double>> turns = new HashMap<>();
        for (int turn = 0; turn < plan.turns(); turn++) {
            for (final Map.Entry<String, Round> each : rounds.entrySet()) {
                each.getValue().run(); // it slept while another took its turn
                turns.computeIfAbsent(each.getKey(), key -> new ArrayList<>())
                        .add(timed(plan.turnNs(), each.getValue()) / TASKS / NS_PER_US);
            }
        }
        return TrialResult.ofTurns(turns, Map.of(FIRST, first));
    }

    private static List<Integer> results(final ForkJoinPool pool, final List<Callable<Integer>> tasks)
            throws InterruptedException, ExecutionException {
        final List<Integer> results = new ArrayList<>(TASKS);
        for (final Future<Integer> result : pool.invokeAll(tasks)) {
            results.add(result.get());
        }
        return results;
    }

    /** {@return nanoseconds of one round} */
    private static double timed(final long durationNs, final Round round)
            throws InterruptedException, ExecutionException {
        final long start = System.nanoTime();
        long rounds = 0;
        long spentNs;
        do {
            round.run();
            rounds++;
            spentNs = System.nanoTime() - start;
        } while (spentNs < durationNs);
        return (double) spentNs / rounds;
    }

    private static void check(final List<Integer> results) {
        if (results.size() != TASKS || results.get(TASKS - 1) != 2 * (TASKS - 1)) {
            throw new IllegalStateException("the pool gave " + results.size() + " results, not those of " + TASKS);
        }
    }

    private static int twice(final int x) {
        return x + x;
    }

    /** {@return milliseconds, for a script} */
    static String millis(final long ns) {
        return Long.toString(TimeUnit.NANOSECONDS.toMillis(ns));
    }
}
