package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import java.io.IOException;

/** Queues of a manager: what they move, and how long one item takes from its put to its take. */
final class QueueTrials {
    private static final double ENOUGH_PER_SECOND = 2_000_000;
    private static final double SHARE_OF_RAW = 0.3;
    private static final double PARKED_US = 20;
    private static final double MOST_BYTES = 0.1;

    private final Scale scale;
    private final Trials one;
    private final Trials stream;
    private final Trials bytes;
    private final Trials objects;
    private final Trials asleep;
    private final Trials parked;

    QueueTrials(final String suite, final Run run) {
        scale = run.scale();
        one = Trials.unhurried(suite, "queue put, take, taskDone 100 B, 1 producer 1 consumer", run);
        stream = new Trials(suite, "raw Aeron IPC stream 100 B, 1 producer 1 consumer", run);
        bytes = new Trials(suite, "queue of bytes, 100 B, 2 producers 2 consumers", run);
        objects = new Trials(suite, "queue of byte[], 100 B, 2 producers 2 consumers", run);
        asleep = Trials.unhurried(suite, "queue put to take, one each ms, all asleep", run);
        parked = Trials.unhurried(suite, "queue put to take, one each ms, consumer asleep", run);
    }

    /** What is held against the bare stream: that comes before each. A quick run has no time for what has no bar. */
    void next() throws IOException, InterruptedException {
        stream.next(RawStream::run);
        bytes.next(QueueCrowd::runBytes);
        if (scale != Scale.QUICK) {
            stream.next(RawStream::run);
            objects.next(QueueCrowd::runObjects);
        }
    }

    void nextOthers() throws IOException, InterruptedException {
        if (scale != Scale.QUICK) {
            one.next(QueuePassage::run);
        }
        asleep.next(QueueLatency::runAsleep);
        parked.next(QueueLatency::runAwake);
    }

    void publish(final Section section) throws IOException {
        asleep.writeHistograms("queue-asleep");
        parked.writeHistograms("queue-parked");
        Latencies.add(section, asleep, null);
        Latencies.add(section, parked, null);
        final Figure raw = stream.number("raw Aeron IPC stream 100 B, 1P 1C", "1/s", QueuePassage.PER_SECOND);
        final Figure crowd = bytes.number("queue of bytes 100 B, acknowledged, 2P 2C", "1/s", QueuePassage.PER_SECOND);
        final Figure put = bytes.number("queue of bytes: put allocates", "B/op", QueueCrowd.BYTES_PER_PUT);
        final Figure taken = bytes.number("queue of bytes: drain allocates", "B/op", QueueCrowd.BYTES_PER_TAKE);
        section.add(raw).add(crowd, raw);
        if (scale == Scale.QUICK) {
            section.note(
                    "queue put, take, taskDone 100 B, 1P 1C and queue of byte[] 100 B, 2P 2C: no bar is held against"
                            + " them, and a quick run does not measure them");
        } else {
            section.add(one.number("queue put, take, taskDone 100 B, 1P 1C", "1/s", QueuePassage.PER_SECOND))
                    .add(
                            objects.number(
                                    "queue of byte[] 100 B, acknowledged, 2P 2C", "1/s", QueuePassage.PER_SECOND),
                            raw);
        }
        section.add(put)
                .add(taken)
                .add(enough(crowd, raw))
                .add(Bar.below(Latencies.median(parked), PARKED_US))
                .add(Bar.below(put, MOST_BYTES))
                .add(Bar.below(taken, MOST_BYTES))
                .note("'consumer asleep': it waits in a take and sleeps, the server looks for work all the time;"
                        + " 'all asleep': the server sleeps too, so an item needs two wakes, one after the other")
                .note("a queue of 2 producers and 2 consumers is to move 2,000,000 items of 100 B a second, or 30 %"
                        + " of what the raw stream moves, whichever is less; the bar is what it is to move by what"
                        + " it moves");
    }

    private static Bar enough(final Figure crowd, final Figure raw) {
        final double least = Math.min(ENOUGH_PER_SECOND, SHARE_OF_RAW * raw.median());
        return new Bar("enough items / " + crowd.name(), least / crowd.median(), 1);
    }
}
