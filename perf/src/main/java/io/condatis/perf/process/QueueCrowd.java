package io.condatis.perf.process;

import io.condatis.manager.ByteQueue;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Two producers and two consumers, each in a JVM of its own, pass items of 100 bytes; each item is acknowledged. */
final class QueueCrowd {
    private static final int EACH = 2;
    private static final int ITEM_LENGTH = 100;
    private static final int MAXSIZE = 10_000;
    private static final int DRAIN_LIMIT = 256;
    private static final int ROUND = 1_000;
    private static final long JOIN_SECONDS = 60;
    static final String BYTES_PER_PUT = "bytesPerPut";
    static final String BYTES_PER_TAKE = "bytesPerTake";

    /** Six JVMs get warm at once. */
    private static final int LONGER_WARM_UP = 4;

    private static final byte WARM_UP = 0;
    private static final byte MEASURED = 1;
    private static final String ITEMS = "items";
    private static final String ORDERS = "orders";
    private static final String PUT = "put";

    private QueueCrowd() {}

    /** Target of the worker that starts the others: in bytes. */
    static void runBytes(final TrialPlan plan) throws IOException, InterruptedException {
        run(plan, true);
    }

    /** Target of the worker that starts the others: in objects, {@code byte[]}. */
    static void runObjects(final TrialPlan plan) throws IOException, InterruptedException {
        run(plan, false);
    }

    private static void run(final TrialPlan plan, final boolean bytes) throws IOException, InterruptedException {
        try (Manager manager = Manager.start();
                WorkerProcess consumer1 = WorkerProcess.start(QueueCrowd::consume, manager.handle(), bytes);
                WorkerProcess consumer2 = WorkerProcess.start(QueueCrowd::consume, manager.handle(), bytes);
                WorkerProcess producer1 = WorkerProcess.start(QueueCrowd::produce, manager.handle(), bytes);
                WorkerProcess producer2 = WorkerProcess.start(QueueCrowd::produce, manager.handle(), bytes)) {
            order(manager, plan.warmTogetherNs() + LONGER_WARM_UP * plan.warmupNs(), WARM_UP);
            final double perSecond = order(manager, plan.measureNs(), MEASURED);
            order(manager, 0, WARM_UP);
            final JoinableQueue<byte[]> items = manager.joinableQueue(ITEMS, MAXSIZE);
            for (int i = 0; i < EACH; i++) {
                items.put(new byte[0]);
            }
            for (final WorkerProcess worker : new WorkerProcess[] {consumer1, consumer2, producer1, producer2}) {
                if (!worker.join(JOIN_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("a process of the crowd did not end");
                }
            }
            new TrialResult(
                            RoundTrips.newHistogram(),
                            Map.of(
                                    QueuePassage.PER_SECOND,
                                    perSecond,
                                    BYTES_PER_PUT,
                                    Allocation.reported(manager, BYTES_PER_PUT),
                                    BYTES_PER_TAKE,
                                    Allocation.reported(manager, BYTES_PER_TAKE)))
                    .store(Path.of(plan.resultFile()));
        }
    }

    /** {@return items a second, from the order until everything put is acknowledged} */
    private static double order(final Manager manager, final long durationNs, final long phase)
            throws InterruptedException {
        final JoinableQueue<long[]> orders = manager.joinableQueue(ORDERS, 0);
        final JoinableQueue<Long> put = manager.joinableQueue(PUT, 0);
        final long startNs = System.nanoTime();
        for (int i = 0; i < EACH; i++) {
            orders.put(new long[] {durationNs, phase});
        }
        long items = 0;
        for (int i = 0; i < EACH; i++) {
            items += put.take();
            put.taskDone();
        }
        if (!manager.<byte[]>joinableQueue(ITEMS, MAXSIZE).join(JOIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("items were not done within " + JOIN_SECONDS + " s");
        }
        return items / ((System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** Target of a worker that puts, for as long as it is told, until it is told 0. */
    static void produce(final ManagerHandle handle, final Boolean bytes) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            final JoinableQueue<long[]> orders = manager.joinableQueue(ORDERS, 0);
            final JoinableQueue<Long> put = manager.joinableQueue(PUT, 0);
            final JoinableQueue<byte[]> items = manager.joinableQueue(ITEMS, MAXSIZE);
            long[] order;
            do {
                order = orders.take();
                final Allocation allocation = new Allocation();
                final long count = put(items, bytes, order[0], (byte) order[1]);
                if (order[1] == MEASURED) {
                    allocation.report(manager, BYTES_PER_PUT, count);
                }
                put.put(count);
                orders.taskDone();
            } while (order[0] > 0);
        }
    }

    private static long put(
            final JoinableQueue<byte[]> queue, final boolean bytes, final long durationNs, final byte phase)
            throws InterruptedException {
        final byte[] item = new byte[ITEM_LENGTH];
        item[0] = phase;
        final UnsafeBuffer buffer = new UnsafeBuffer(item);
        final ByteQueue byteQueue = queue.bytes();
        final long startNs = System.nanoTime();
        long items = 0;
        while (System.nanoTime() - startNs < durationNs) {
            for (int i = 0; i < ROUND; i++) {
                if (bytes) {
                    byteQueue.put(buffer, 0, ITEM_LENGTH);
                } else {
                    queue.put(item);
                }
            }
            items += ROUND;
        }
        return items;
    }

    /** Target of a worker that takes, until it takes an empty item. */
    static void consume(final ManagerHandle handle, final Boolean bytes) throws InterruptedException {
        try (Manager manager = Manager.connect(handle)) {
            final JoinableQueue<byte[]> queue = manager.joinableQueue(ITEMS, MAXSIZE);
            if (bytes) {
                drain(manager, queue);
                return;
            }
            byte[] item;
            do {
                item = queue.take();
                queue.taskDone();
            } while (item.length > 0);
        }
    }

    private static void drain(final Manager manager, final JoinableQueue<byte[]> queue) throws InterruptedException {
        final Drain drain = new Drain();
        final ByteQueue byteQueue = queue.bytes();
        while (drain.ends == 0) {
            byteQueue.drain(drain, DRAIN_LIMIT, 1, TimeUnit.SECONDS);
        }
        drain.allocation.report(manager, BYTES_PER_TAKE, drain.items);
        for (int i = 1; i < drain.ends; i++) {
            queue.put(new byte[0]); // it was for the other consumer
        }
    }

    /** Counts the items of the phase that is measured, and notices where it begins. */
    private static final class Drain implements ByteQueue.Handler {
        private Allocation allocation = new Allocation();
        private long items;
        private int ends;

        @Override
        public void onItem(final DirectBuffer buffer, final int offset, final int length) {
            if (length == 0) {
                ends++;
            } else if (buffer.getByte(offset) == MEASURED && items++ == 0) {
                allocation = new Allocation();
            }
        }
    }
}
