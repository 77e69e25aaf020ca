package io.condatis.perf.peers;

import io.condatis.perf.process.RoundTrips;
import io.condatis.perf.process.TrialPlan;
import io.condatis.perf.process.TrialResult;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;

/** One process appends items of 100 bytes to a Chronicle Queue, another one reads them. */
final class ChronicleQueueStream {
    private static final int ITEM_LENGTH = 100;
    private static final int ROUND = 1_000;
    private static final int YIELD_AFTER = 100;
    private static final long DONE_SECONDS = 60;

    /** The queue keeps what was read: at most so many items in all, half a gigabyte. */
    private static final long MOST_ITEMS = 5_000_000;

    private static final byte ITEM = 0;
    private static final byte ANSWER = 1;
    private static final byte END = 2;

    private final ExcerptAppender appender;
    private final ExcerptTailer answers;
    private final Bytes<?> item = Bytes.allocateElasticDirect(ITEM_LENGTH);
    private final Bytes<?> answer = Bytes.allocateElasticDirect(ITEM_LENGTH);

    private ChronicleQueueStream(final ChronicleQueue items, final ChronicleQueue back) {
        appender = items.createAppender();
        answers = back.createTailer();
    }

    /**
     * Measures.
     *
     * @param args {@code stream}, and the plan
     * @throws IOException when the files cannot be made
     * @throws InterruptedException when interrupted
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final TrialPlan plan = TrialPlan.of(args);
        try (SharedFiles files = new SharedFiles("chronicle-queue");
                ChronicleQueue items = open(files.path().toString(), "items");
                ChronicleQueue back = open(files.path().toString(), "back");
                WorkerProcess reader = WorkerProcess.start(
                        ChronicleQueueStream::read, files.path().toString())) {
            final ChronicleQueueStream stream = new ChronicleQueueStream(items, back);
            stream.pass(plan.warmupNs(), MOST_ITEMS / 3);
            final double perSecond = stream.pass(plan.measureNs(), MOST_ITEMS);
            stream.append(END);
            if (!reader.join(DONE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the reader did not end");
            }
            new TrialResult(RoundTrips.newHistogram(), Map.of(RoundTrips.PER_SECOND, perSecond))
                    .store(Path.of(plan.resultFile()));
        }
    }

    /** Target of the worker that reads: it answers when it is asked to, and ends when it is told to. */
    static void read(final String directory) {
        final Bytes<?> read = Bytes.allocateElasticDirect(ITEM_LENGTH);
        final Bytes<?> nothing = Bytes.allocateElasticDirect(1);
        nothing.writeByte(ANSWER);
        try (ChronicleQueue items = open(directory, "items");
                ChronicleQueue back = open(directory, "back")) {
            final ExcerptTailer tailer = items.createTailer();
            final ExcerptAppender appender = back.createAppender();
            byte kind;
            do {
                kind = next(tailer, read);
                if (kind == ANSWER) {
                    appender.writeBytes(nothing);
                }
            } while (kind != END);
        }
    }

    private static ChronicleQueue open(final String directory, final String name) {
        return ChronicleQueue.singleBuilder(Path.of(directory, name)).build();
    }

    /** {@return the first byte of the next item, which is waited for} */
    private static byte next(final ExcerptTailer tailer, final Bytes<?> bytes) {
        bytes.clear();
        int looks = 0;
        while (!tailer.readBytes(bytes)) {
            if (++looks < YIELD_AFTER) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return bytes.readByte(0);
    }

    /** {@return items a second, from the first append until the reader says that it has the last} */
    private double pass(final long durationNs, final long mostItems) {
        final long startNs = System.nanoTime();
        long count = 0;
        do {
            for (int i = 0; i < ROUND; i++) {
                append(ITEM);
            }
            count += ROUND;
        } while (System.nanoTime() - startNs < durationNs && count < mostItems);
        append(ANSWER);
        next(answers, answer);
        return (count + 1) / ((System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private void append(final byte kind) {
        item.clear();
        item.writeByte(kind);
        item.writeSkip(ITEM_LENGTH - 1L);
        appender.writeBytes(item);
    }
}
