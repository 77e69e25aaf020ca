package io.condatis.perf.peers;

import io.condatis.perf.process.RoundTrips;
import io.condatis.perf.process.TrialPlan;
import io.condatis.perf.process.TrialResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.MpmcArrayQueue;
import org.jctools.queues.SpscArrayQueue;

/**
 * Threads of one JVM put items into a queue of JCTools, others take them: what is left when nothing has to leave the process.
 */
final class JctoolsStream {
    private static final int CAPACITY = 16 * 1024;
    private static final int ROUND = 1_000;
    private static final int YIELD_AFTER = 100;
    private static final int ITEM_LENGTH = 100;

    private final MessagePassingQueue<byte[]> queue;
    private final int each;
    private final byte[] item = new byte[ITEM_LENGTH];
    private final byte[] last = {};

    private JctoolsStream(final MessagePassingQueue<byte[]> queue, final int each) {
        this.queue = queue;
        this.each = each;
    }

    /**
     * Measures.
     *
     * @param args {@code spsc} for one producer and consumer, {@code mpmc} for two of each, and the plan
     * @throws IOException when the result cannot be written
     * @throws InterruptedException when interrupted
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final TrialPlan plan = TrialPlan.of(args);
        final JctoolsStream stream = args[0].equals("spsc")
                ? new JctoolsStream(new SpscArrayQueue<>(CAPACITY), 1)
                : new JctoolsStream(new MpmcArrayQueue<>(CAPACITY), 2);
        stream.pass(plan.warmupNs());
        final double perSecond = stream.pass(plan.measureNs());
        new TrialResult(RoundTrips.newHistogram(), Map.of(RoundTrips.PER_SECOND, perSecond))
                .store(Path.of(plan.resultFile()));
    }

    /** {@return items a second, from the start of the threads until each has ended} */
    private double pass(final long durationNs) throws InterruptedException {
        final AtomicLong taken = new AtomicLong();
        final List<Thread> threads = new ArrayList<>();
        final long startNs = System.nanoTime();
        for (int i = 0; i < each; i++) {
            threads.add(new Thread(() -> produce(startNs, durationNs)));
            threads.add(new Thread(() -> taken.addAndGet(consume())));
        }
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            thread.join();
        }
        return taken.get() / ((System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private void produce(final long startNs, final long durationNs) {
        do {
            for (int i = 0; i < ROUND; i++) {
                put(item);
            }
        } while (System.nanoTime() - startNs < durationNs);
        put(last);
    }

    private void put(final byte[] bytes) {
        int looks = 0;
        while (!queue.relaxedOffer(bytes)) {
            looks = idle(looks);
        }
    }

    /** Each producer leaves one end, and each consumer takes one. */
    private long consume() {
        long count = 0;
        int looks = 0;
        while (true) {
            final byte[] bytes = queue.relaxedPoll();
            if (bytes == null) {
                looks = idle(looks);
            } else if (bytes == last) {
                return count;
            } else {
                looks = 0;
                count++;
            }
        }
    }

    private static int idle(final int looks) {
        if (looks < YIELD_AFTER) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
        return looks + 1;
    }
}
