package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import java.io.IOException;

/** Queues of a manager: what they move, and how long one item takes. */
final class QueueTrials {
    private static final double LEAST_SHARE_OF_RAW = 0.3;
    private static final double PARKED_US = 20;
    private static final double SPINNING_US = 2;

    private final Trials one;
    private final Trials stream;
    private final Trials bytes;
    private final Trials objects;
    private final Trials parked;
    private final Trials spinning;

    QueueTrials(final String suite, final Run run) {
        one = new Trials(suite, "queue put, take, taskDone 100 B", run);
        stream = new Trials(suite, "raw Aeron IPC stream 100 B, 1 producer 1 consumer", run);
        bytes = new Trials(suite, "queue of bytes, 100 B, 2 producers 2 consumers", run);
        objects = new Trials(suite, "queue of byte[], 100 B, 2 producers 2 consumers", run);
        parked = new Trials(suite, "queue put to take, one each ms, all asleep", run);
        spinning = new Trials(suite, "queue put, take, taskDone by one thread", run);
    }

    void next() throws IOException, InterruptedException {
        one.next(QueuePassage::run);
        stream.next(RawStream::run);
        bytes.next(QueueCrowd::runBytes);
        objects.next(QueueCrowd::runObjects);
        parked.next(QueueLatency::runPaced);
        spinning.next(QueueLatency::runClosed);
    }

    /** The bar of throughput is the other way round: raw moves at most so many times what a queue does. */
    void publish(final Section section) throws IOException {
        parked.writeHistograms("queue-parked");
        spinning.writeHistograms("queue-spinning");
        Latencies.add(section, parked, null);
        Latencies.add(section, spinning, null);
        final Figure raw = stream.number("raw Aeron IPC stream 100 B, 1P 1C", "1/s", QueuePassage.PER_SECOND);
        final Figure crowd = bytes.number("queue of bytes 100 B, acknowledged, 2P 2C", "1/s", QueuePassage.PER_SECOND);
        section.add(one.number("queue put, take, taskDone 100 B", "1/s", QueuePassage.PER_SECOND))
                .add(raw)
                .add(crowd, raw)
                .add(objects.number("queue of byte[] 100 B, acknowledged, 2P 2C", "1/s", QueuePassage.PER_SECOND), raw)
                .add(Bar.ratio(raw, crowd, 1 / LEAST_SHARE_OF_RAW))
                .add(Bar.below(Latencies.median(parked), PARKED_US))
                .add(Bar.below(Latencies.median(spinning), SPINNING_US))
                .note("a queue of 2 producers and 2 consumers is to move 2,000,000 items of 100 B a second, or 30 % of"
                        + " what the raw stream moves, which the bar says the other way round");
    }
}
