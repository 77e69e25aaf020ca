package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls of a manager beside a bare ping-pong over Aeron IPC, between JVMs, in turns. */
public final class ManagerSuite implements Suite {
    private static final double MOST_TIMES_PING_PONG = 3;
    private static final String MEDIAN = "p50";
    private static final Map<String, Double> PERCENTILES = percentiles();

    @Override
    public String name() {
        return "manager";
    }

    @Override
    public String description() {
        return "dict.get and queue of a manager, beside a bare ping-pong over Aeron IPC";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final Trials raw = new Trials(name(), "raw Aeron IPC ping-pong 100 B", run);
        final Trials spin = new Trials(name(), "raw Aeron IPC ping-pong 100 B, busy spin", run);
        final Trials get = new Trials(name(), "dict.get 100 B", run);
        final Trials queue = new Trials(name(), "queue put, take, taskDone 100 B", run);
        for (int trial = 0; trial < TrialPlan.trials(run.scale()); trial++) {
            raw.next(plan -> PingPong.run(plan, Idle.AS_CONDATIS));
            get.next(DictGet::run);
            spin.next(plan -> PingPong.run(plan, Idle.BUSY_SPIN));
            queue.next(QueuePassage::run);
        }
        raw.writeHistograms("ping-pong");
        spin.writeHistograms("ping-pong-spin");
        get.writeHistograms("dict-get");

        final Section section = new Section(name());
        addLatencies(section, raw, null);
        addLatencies(section, spin, null);
        addLatencies(section, get, raw);
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
