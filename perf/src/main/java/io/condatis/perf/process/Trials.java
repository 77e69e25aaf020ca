package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.report.HistogramFile;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import io.condatis.process.Worker1;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The trials of one subject: each runs in a worker JVM of its own. */
final class Trials {
    private static final double NS_PER_US = 1_000;

    private final String suite;
    private final String subject;
    private final Run run;
    private final Scale length;
    private final List<TrialResult> results = new ArrayList<>();

    Trials(final String suite, final String subject, final Run run) {
        this(suite, subject, run, run.scale());
    }

    private Trials(final String suite, final String subject, final Run run, final Scale length) {
        this.suite = suite;
        this.subject = subject;
        this.run = run;
        this.length = length;
    }

    /** {@return trials that are not shorter in a full run} */
    static Trials unhurried(final String suite, final String subject, final Run run) {
        return new Trials(suite, subject, run, TrialPlan.unhurried(run.scale()));
    }

    /** One more trial, whose JVM gets some options. */
    void next(final Worker1<TrialPlan> target, final String... jvmOptions) throws IOException, InterruptedException {
        new TrialJvm(suite, subject, run, length)
                .run(results.size() + 1, target, plan -> add(plan.resultFile()), jvmOptions);
    }

    /** One more trial, by a program that gets the plan as its last arguments. What it starts is its own to end. */
    void next(final List<String> program) throws IOException, InterruptedException {
        new TrialJvm(suite, subject, run, length).run(results.size() + 1, program, plan -> add(plan.resultFile()));
    }

    /** One more result, of a trial that measured other subjects too. */
    void add(final String resultFile) throws IOException {
        results.add(TrialResult.load(Path.of(resultFile)));
    }

    String subject() {
        return subject;
    }

    /** A percentile of each trial, in microseconds. */
    Figure percentile(final String name, final double percentile) {
        return figure(
                subject + " " + name,
                "us",
                result -> result.histogram().getValueAtPercentile(percentile) / NS_PER_US,
                TrialResult.percentile(percentile),
                NS_PER_US);
    }

    /** A percentile of all trials together, in microseconds. */
    Figure merged(final String name, final double percentile) {
        final Histogram all =
                HistogramFile.merge(results.stream().map(TrialResult::histogram).toList());
        return new Figure(subject + " " + name, "us", List.of(all.getValueAtPercentile(percentile) / NS_PER_US));
    }

    /** A number that each trial has left. */
    Figure number(final String name, final String unit, final String key) {
        return figure(name, unit, result -> result.number(key), key, 1);
    }

    private Figure figure(
            final String name,
            final String unit,
            final ToDoubleFunction<TrialResult> value,
            final String turnsKey,
            final double turnsUnit) {
        final Figure figure = new Figure(
                name, unit, results.stream().mapToDouble(value).boxed().toList());
        final List<List<Double>> turns = results.stream()
                .map(result -> result.turns().getOrDefault(turnsKey, List.of()))
                .map(each -> each.stream().map(turn -> turn / turnsUnit).toList())
                .toList();
        return turns.stream().anyMatch(List::isEmpty) ? figure : figure.inTurns(turns);
    }

    /** A file of percentiles for each trial, and one for all of them together. */
    void writeHistograms(final String fileName) throws IOException {
        for (int i = 0; i < results.size(); i++) {
            HistogramFile.write(results.get(i).histogram(), file(fileName + "-trial-" + (i + 1)));
        }
        HistogramFile.write(
                HistogramFile.merge(results.stream().map(TrialResult::histogram).toList()), file(fileName));
    }

    private Path file(final String name) {
        return run.directory().resolve(suite + "-" + name + ".hgrm");
    }
}
