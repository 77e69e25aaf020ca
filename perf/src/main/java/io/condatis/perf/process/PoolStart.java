package io.condatis.perf.process;

import io.condatis.pool.Pool;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long it takes until both workers of a pool are at their tasks, and until a worker has run nothing and ended, each
 * with the archive of class data and without, beside the start and end of a bare JVM. In turns.
 */
final class PoolStart {
    static final String BARE = "bare";
    static final String POOL = "pool";
    static final String POOL_WITHOUT = "poolWithout";
    static final String WORKER = "worker";
    static final String WORKER_WITHOUT = "workerWithout";

    private static final String ARCHIVE = "condatis.archive";
    private static final int TURNS = 5;
    private static final int QUICK_TURNS = 3;
    private static final long READY_SECONDS = 60;
    private static final double NS_PER_MS = 1_000_000;

    private PoolStart() {}

    @FunctionalInterface
    private interface Start {
        /** {@return nanoseconds} */
        long time() throws IOException, InterruptedException;
    }

    /** Main class of the bare JVM. */
    static final class Bare {
        /**
         * Does nothing.
         *
         * @param args none
         */
        public static void main(final String[] args) {
            // Nothing: the start is what is measured.
        }
    }

    /** Target of the trial's worker: measures and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        WorkerProcess.buildArchive();
        final Map<String, Start> starts = new HashMap<>();
        starts.put(BARE, PoolStart::bare);
        starts.put(POOL, () -> with("on", PoolStart::pool));
        starts.put(POOL_WITHOUT, () -> with("off", PoolStart::pool));
        starts.put(WORKER, () -> with("on", PoolStart::worker));
        starts.put(WORKER_WITHOUT, () -> with("off", PoolStart::worker));
        final Map<String, long[]> times = new HashMap<>();
        final int turns = plan.isQuick() ? QUICK_TURNS : TURNS;
        for (int turn = -1; turn < turns; turn++) {
            for (final Map.Entry<String, Start> start : starts.entrySet()) {
                final long ns = start.getValue().time();
                if (turn >= 0) {
                    times.computeIfAbsent(start.getKey(), key -> new long[turns])[turn] = ns;
                }
            }
        }
        final Map<String, Double> medians = new HashMap<>();
        times.forEach((name, ns) -> {
            Arrays.sort(ns);
            medians.put(name, ns[turns / 2] / NS_PER_MS);
        });
        new TrialResult(RoundTrips.newHistogram(), medians).store(Path.of(plan.resultFile()));
    }

    private static long with(final String archive, final Start start) throws IOException, InterruptedException {
        final String before = System.getProperty(ARCHIVE);
        System.setProperty(ARCHIVE, archive);
        try {
            return start.time();
        } finally {
            if (before == null) {
                System.clearProperty(ARCHIVE);
            } else {
                System.setProperty(ARCHIVE, before);
            }
        }
    }

    private static long bare() throws IOException, InterruptedException {
        final long start = System.nanoTime();
        final Process process = BareJvm.start(Bare.class);
        if (!process.waitFor(READY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("a bare JVM did not start and end");
        }
        return System.nanoTime() - start;
    }

    private static long pool() throws InterruptedException {
        final long start = System.nanoTime();
        final Pool pool = Pool.start(PoolTasks.WORKERS);
        try {
            if (!pool.awaitReady(READY_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the pool was not ready within " + READY_SECONDS + " s");
            }
            return System.nanoTime() - start;
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    private static long worker() throws InterruptedException {
        final long start = System.nanoTime();
        try (WorkerProcess worker = WorkerProcess.start(() -> {})) {
            if (!worker.join(READY_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a worker did not end within " + READY_SECONDS + " s");
            }
            return System.nanoTime() - start;
        }
    }
}
