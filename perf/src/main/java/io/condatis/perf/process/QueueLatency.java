package io.condatis.perf.process;

import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.ManagerOptions;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long an item takes from its put to its take when the consumer sleeps in a take, and so does whoever else would: a producer
 * in another JVM puts one each millisecond. The time counts from the put, or from when the item was due where the producer is
 * late by an interval. Before that, items come as fast as they can, until all code is warm.
 */
final class QueueLatency {
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TAKE_SECONDS = 20;
    private static final String QUEUE = "latency";
    private static final long WARM_UP = -1;
    private static final long END = 0;

    private QueueLatency() {}

    /** Target of the worker that takes, where the server sleeps too: starts manager and producer, leaves the result. */
    static void runAsleep(final TrialPlan plan) throws IOException, InterruptedException {
        run(plan, new ManagerOptions());
    }

    /** Target of the worker that takes, where the server stays awake. */
    static void runAwake(final TrialPlan plan) throws IOException, InterruptedException {
        run(plan, new ManagerOptions().yieldWhenIdle());
    }

    private static void run(final TrialPlan plan, final ManagerOptions options)
            throws IOException, InterruptedException {
        final Histogram histogram = RoundTrips.newHistogram();
        try (Manager manager = Manager.start(options);
                WorkerProcess producer = WorkerProcess.start(QueueLatency::produce, manager.handle(), plan)) {
            final JoinableQueue<Long> queue = manager.joinableQueue(QUEUE, 0);
            Long dueNs = queue.poll(TAKE_SECONDS, TimeUnit.SECONDS);
            while (dueNs != null && dueNs != END) {
                final long nowNs = System.nanoTime();
                queue.taskDone();
                if (dueNs != WARM_UP) {
                    histogram.recordValue(Math.min(RoundTrips.LONGEST_NS, Math.max(1, nowNs - dueNs)));
                }
                dueNs = queue.poll(TAKE_SECONDS, TimeUnit.SECONDS);
            }
            if (dueNs == null || !producer.join(TAKE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the producer did not end");
            }
        }
        new TrialResult(histogram, Map.of()).store(Path.of(plan.resultFile()));
    }

    /** Target of the worker that puts; the clock of both JVMs is the machine's monotonic one. */
    static void produce(final ManagerHandle handle, final TrialPlan plan) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            final JoinableQueue<Long> queue = manager.joinableQueue(QUEUE, 0);
            final long warmNs = System.nanoTime() + plan.warmTogetherNs();
            while (System.nanoTime() < warmNs) {
                queue.put(WARM_UP);
            }
            queue.join();
            final long startNs = System.nanoTime();
            for (long dueNs = startNs; dueNs < startNs + plan.measureNs(); dueNs += INTERVAL_NS) {
                while (System.nanoTime() < dueNs) {
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                queue.put(System.nanoTime() - dueNs < INTERVAL_NS ? System.nanoTime() : dueNs);
            }
            queue.put(END);
        }
    }
}
