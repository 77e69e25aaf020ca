package io.condatis.perf.process;

import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long an item takes from its put to its take when everybody sleeps: a producer in another JVM puts one each
 * millisecond. The time counts from the put, or from when the item was due where the producer is late by an interval.
 */
final class QueueLatency {
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TAKE_SECONDS = 20;
    private static final String QUEUE = "latency";

    private QueueLatency() {}

    /** Target of the worker that takes: starts manager and producer, measures, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        final Histogram histogram = RoundTrips.newHistogram();
        try (Manager manager = Manager.start();
                WorkerProcess producer = WorkerProcess.start(QueueLatency::produce, manager.handle(), plan)) {
            final JoinableQueue<Long> queue = manager.joinableQueue(QUEUE, 0);
            final long startNs = System.nanoTime();
            Long dueNs = queue.poll(TAKE_SECONDS, TimeUnit.SECONDS);
            while (dueNs != null && dueNs != 0) {
                final long nowNs = System.nanoTime();
                queue.taskDone();
                if (nowNs - startNs > plan.warmupNs()) {
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
            final long startNs = System.nanoTime();
            final long endNs = startNs + plan.warmupNs() + plan.measureNs();
            for (long dueNs = startNs; dueNs < endNs; dueNs += INTERVAL_NS) {
                while (System.nanoTime() < dueNs) {
                    LockSupport.parkNanos(dueNs - System.nanoTime());
                }
                queue.put(System.nanoTime() - dueNs < INTERVAL_NS ? System.nanoTime() : dueNs);
            }
            queue.put(0L);
        }
    }
}
