package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls of a manager beside a bare ping-pong over Aeron IPC, between JVMs, in turns. */
public final class ManagerSuite implements Suite {
    private static final double MOST_TIMES_PING_PONG = 2;
    private static final double CPYTHON_TIMES = 30;
    private static final double LEAST_SHARE_OF_RAW = 0.3;
    private static final double PARKED_US = 20;
    private static final double SPINNING_US = 2;
    private static final double QUICK_SECONDS = 0.3;
    private static final double NORMAL_SECONDS = 2;
    private static final String MEDIAN = "p50";
    private static final Map<String, Double> PERCENTILES = percentiles();

    @Override
    public String name() {
        return "manager";
    }

    @Override
    public String description() {
        return "dict, list and queues of a manager, beside bare Aeron IPC and CPython's Manager";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final Trials raw = new Trials(name(), "raw Aeron IPC ping-pong 100 B", run);
        final Trials spin = new Trials(name(), "raw Aeron IPC ping-pong 100 B, busy spin", run);
        final Trials get = new Trials(name(), "dict.get 100 B", run);
        final Trials queue = new Trials(name(), "queue put, take, taskDone 100 B", run);
        final Trials put = new Trials(name(), "dict.put 100 B", run);
        final Trials append = new Trials(name(), "list.add of a long", run);
        final Trials stream = new Trials(name(), "raw Aeron IPC stream 100 B, 1 producer 1 consumer", run);
        final Trials bytes = new Trials(name(), "queue of bytes, 100 B, 2 producers 2 consumers", run);
        final Trials objects = new Trials(name(), "queue of byte[], 100 B, 2 producers 2 consumers", run);
        final Trials parked = new Trials(name(), "queue put to take, one each ms, all asleep", run);
        final Trials spinning = new Trials(name(), "queue put, take, taskDone by one thread", run);
        final PythonPeer cpython = new PythonPeer(name(), "manager.py", run);
        final String seconds = String.valueOf(run.scale() == Scale.QUICK ? QUICK_SECONDS : NORMAL_SECONDS);
        for (int trial = 0; trial < TrialPlan.trials(run.scale()); trial++) {
            raw.next(plan -> PingPong.run(plan, Idle.AS_CONDATIS));
            get.next(DictGet::run);
            spin.next(plan -> PingPong.run(plan, Idle.BUSY_SPIN));
            queue.next(QueuePassage::run);
            put.next(DictGet::runPut);
            append.next(DictGet::runAppend);
            stream.next(RawStream::run);
            bytes.next(QueueCrowd::runBytes);
            objects.next(QueueCrowd::runObjects);
            parked.next(QueueLatency::runPaced);
            spinning.next(QueueLatency::runClosed);
            cpython.trial(seconds);
        }
        raw.writeHistograms("ping-pong");
        spin.writeHistograms("ping-pong-spin");
        get.writeHistograms("dict-get");

        final Section section = new Section(name());
        addLatencies(section, raw, null);
        addLatencies(section, spin, null);
        addLatencies(section, get, raw);
        put.writeHistograms("dict-put");
        append.writeHistograms("list-add");
        parked.writeHistograms("queue-parked");
        spinning.writeHistograms("queue-spinning");
        addLatencies(section, put, raw);
        addLatencies(section, append, raw);
        addLatencies(section, parked, null);
        addLatencies(section, spinning, raw);
        addThroughput(section, stream, bytes, objects);
        section.add(Bar.below(median(parked), PARKED_US)).add(Bar.below(median(spinning), SPINNING_US));
        cpython.addTo(section, "us");
        if (cpython.isThere()) {
            section.add(Bar.ratio(median(get), cpython.figure("Manager dict get", "us"), 1 / CPYTHON_TIMES));
        }
        return section.add(median(get), median(spin))
                .add(raw.number("raw ping-pong calls", "1/s", RoundTrips.PER_SECOND))
                .add(spin.number("raw ping-pong calls, busy spin", "1/s", RoundTrips.PER_SECOND))
                .add(get.number("dict.get calls", "1/s", RoundTrips.PER_SECOND))
                .add(get.number("dict.get allocates, caller", "B/op", RoundTrips.BYTES_PER_CALL))
                .add(queue.number("queue put, take, taskDone 100 B", "1/s", QueuePassage.PER_SECOND))
                .add(Bar.ratio(median(get), median(raw), MOST_TIMES_PING_PONG))
                .add(Bar.ratio(median(get), median(spin), MOST_TIMES_PING_PONG))
                .note("closed loop, one call at a time; the ping-pong has the manager's driver settings and waits as"
                        + " Condatis does before it sleeps; with 'busy spin' it never gives its core away")
                .note("of what dict.get allocates, 120 B are the byte[100] that it returns");
    }

    /** The bar is the other way round: raw moves at most so many times what a queue does. */
    private static void addThroughput(
            final Section section, final Trials stream, final Trials bytes, final Trials objects) {
        final Figure raw = stream.number("raw Aeron IPC stream 100 B, 1P 1C", "1/s", QueuePassage.PER_SECOND);
        final Figure inBytes =
                bytes.number("queue of bytes 100 B, acknowledged, 2P 2C", "1/s", QueuePassage.PER_SECOND);
        section.add(raw)
                .add(inBytes, raw)
                .add(objects.number("queue of byte[] 100 B, acknowledged, 2P 2C", "1/s", QueuePassage.PER_SECOND), raw)
                .add(Bar.ratio(raw, inBytes, 1 / LEAST_SHARE_OF_RAW))
                .note("a queue of 2 producers and 2 consumers is to move 2,000,000 items of 100 B a second, or 30 % of"
                        + " what the raw stream moves, which the bar says the other way round");
    }

    private static void addLatencies(final Section section, final Trials trials, final Trials baseline) {
        PERCENTILES.forEach((name, percentile) -> {
            final Figure figure = trials.percentile(name, percentile);
            if (baseline == null) {
                section.add(figure);
            } else {
                section.add(figure, baseline.percentile(name, percentile));
            }
        });
    }

    private static Figure median(final Trials trials) {
        return trials.percentile(MEDIAN, PERCENTILES.get(MEDIAN));
    }

    private static Map<String, Double> percentiles() {
        final Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put(MEDIAN, 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p99.9", 99.9);
        percentiles.put("max", 100.0);
        return percentiles;
    }
}
