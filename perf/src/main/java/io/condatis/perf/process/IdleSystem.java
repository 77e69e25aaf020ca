package io.condatis.perf.process;

import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.SharedDict;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A manager's server and four clients in a JVM each, which were at work and have nothing to do any more: what they use of a
 * core together, and how long the first request after a pause takes. That one comes from the process that started the
 * manager, which is not among those that are counted.
 */
final class IdleSystem {
    /** Percent of a core. */
    static final String CPU_PERCENT = "cpuPercent";

    private static final int CLIENTS = 4;
    private static final int CALLS_BEFORE = 20_000;
    /** Compilers of five JVMs have to come to an end. */
    private static final int SETTLE_WARM_UPS = 8;

    private static final long PAUSE_MS = 40;
    private static final long JOIN_SECONDS = 60;
    private static final double PERCENT = 100;
    private static final String DICT = "idle";
    private static final String KEY = "key";
    private static final String READY = "ready";
    private static final String END = "end";

    private IdleSystem() {}

    /** Target of the worker: starts all of it, measures, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        final List<WorkerProcess> clients = new ArrayList<>();
        try (Manager manager = Manager.start()) {
            final SharedDict<String, Long> dict = manager.dict(DICT);
            work(dict);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(WorkerProcess.start(IdleSystem::runClient, manager.handle()));
            }
            for (int i = 0; i < CLIENTS; i++) {
                manager.<Long>joinableQueue(READY, 0).take();
            }
            TimeUnit.NANOSECONDS.sleep(SETTLE_WARM_UPS * plan.warmupNs());
            final double percent = usedPercent(manager, clients, plan.warmupNs() + plan.measureNs());
            final Histogram first = firstRequests(dict, plan.warmupNs() + plan.measureNs());
            for (int i = 0; i < CLIENTS; i++) {
                manager.<Long>joinableQueue(END, 0).put(1L);
            }
            for (final WorkerProcess client : clients) {
                if (!client.join(JOIN_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("an idle client did not end");
                }
            }
            new TrialResult(first, Map.of(CPU_PERCENT, percent)).store(Path.of(plan.resultFile()));
        } finally {
            clients.forEach(WorkerProcess::close);
        }
    }

    /** Target of a worker that works for a moment, and then waits in a take until the end. */
    static void runClient(final ManagerHandle handle) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            work(manager.dict(DICT));
            manager.<Long>joinableQueue(READY, 0).put(1L);
            manager.<Long>joinableQueue(END, 0).take();
        }
    }

    private static void work(final SharedDict<String, Long> dict) {
        for (int i = 0; i < CALLS_BEFORE; i++) {
            dict.putLong(KEY, dict.getLong(KEY, 0));
        }
    }

    private static double usedPercent(final Manager manager, final List<WorkerProcess> clients, final long durationNs)
            throws IOException, InterruptedException {
        final List<Long> pids = new ArrayList<>(List.of(manager.serverPid()));
        clients.forEach(client -> pids.add(client.pid()));
        final long startNs = System.nanoTime();
        final long before = cpuNs(pids);
        TimeUnit.NANOSECONDS.sleep(durationNs);
        return PERCENT * (cpuNs(pids) - before) / (System.nanoTime() - startNs);
    }

    /** The kernel's own count of what each thread has run, in nanoseconds; that of user and system time is in ticks. */
    private static long cpuNs(final List<Long> pids) throws IOException {
        long sum = 0;
        for (final long pid : pids) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
                for (final Path thread : threads) {
                    sum += runNs(thread.resolve("schedstat"));
                }
            }
        }
        return sum;
    }

    private static long runNs(final Path schedstat) throws IOException {
        try {
            return Long.parseLong(Files.readString(schedstat).split(" ")[0]);
        } catch (final IOException e) {
            if (Files.exists(schedstat)) {
                throw e;
            }
            return 0; // a thread has ended meanwhile
        }
    }

    private static Histogram firstRequests(final SharedDict<String, Long> dict, final long durationNs)
            throws InterruptedException {
        final Histogram histogram = RoundTrips.newHistogram();
        final long endNs = System.nanoTime() + durationNs;
        while (System.nanoTime() - endNs < 0) {
            Thread.sleep(PAUSE_MS);
            final long startNs = System.nanoTime();
            dict.getLong(KEY, 0);
            histogram.recordValue(Math.min(RoundTrips.LONGEST_NS, System.nanoTime() - startNs));
        }
        return histogram;
    }
}
