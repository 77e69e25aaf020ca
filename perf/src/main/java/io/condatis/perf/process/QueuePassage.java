package io.condatis.perf.process;

import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A producer puts items of 100 bytes, a consumer in another JVM takes each and reports it done. */
final class QueuePassage {
    static final String PER_SECOND = "perSecond";

    private static final int ITEM_LENGTH = 100;
    private static final int MAXSIZE = 10_000;
    private static final int ROUND = 1_000;
    private static final long JOIN_SECONDS = 60;
    private static final String QUEUE = "perf";
    private static final byte[] ITEM = new byte[ITEM_LENGTH];
    private static final byte[] LAST = {};

    private QueuePassage() {}

    /** Target of the worker that puts: starts manager and consumer, measures, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        try (Manager manager = Manager.start();
                WorkerProcess consumer = WorkerProcess.start(
                        WorkerProcess.options().name("consumer"), QueuePassage::consume, manager.handle())) {
            final JoinableQueue<byte[]> queue = manager.joinableQueue(QUEUE, MAXSIZE);
            pass(queue, plan.warmTogetherNs());
            final double perSecond = pass(queue, plan.measureNs());
            queue.put(LAST);
            await(queue);
            if (!consumer.join(JOIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the consumer did not end");
            }
            new TrialResult(RoundTrips.newHistogram(), Map.of(PER_SECOND, perSecond)).store(Path.of(plan.resultFile()));
        }
    }

    /** Target of the worker that takes. */
    static void consume(final ManagerHandle handle) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            final JoinableQueue<byte[]> queue = manager.joinableQueue(QUEUE, MAXSIZE);
            byte[] item;
            do {
                item = queue.take();
                queue.taskDone();
            } while (item.length != LAST.length);
        }
    }

    /** {@return items a second, from the first put until the last one is reported done} */
    private static double pass(final JoinableQueue<byte[]> queue, final long durationNs) throws InterruptedException {
        final long startNs = System.nanoTime();
        long items = 0;
        do {
            for (int i = 0; i < ROUND; i++) {
                queue.put(ITEM);
            }
            items += ROUND;
        } while (System.nanoTime() - startNs < durationNs);
        await(queue);
        return items / ((System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static void await(final JoinableQueue<byte[]> queue) throws InterruptedException {
        if (!queue.join(JOIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("items were not done within " + JOIN_SECONDS + " s");
        }
    }
}
