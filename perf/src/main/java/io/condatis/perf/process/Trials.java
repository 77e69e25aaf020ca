package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.report.HistogramFile;
import io.condatis.perf.suite.Run;
import io.condatis.process.Worker1;
import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The trials of one subject: each runs in a worker JVM of its own. */
final class Trials {
    private static final long START_SECONDS = 60;
    private static final double NS_PER_US = 1_000;

    private final String suite;
    private final String subject;
    private final Run run;
    private final List<TrialResult> results = new ArrayList<>();

    Trials(final String suite, final String subject, final Run run) {
        this.suite = suite;
        this.subject = subject;
        this.run = run;
    }

    /** One more trial, whose JVM gets some options. */
    void next(final Worker1<TrialPlan> target, final String... jvmOptions) throws IOException, InterruptedException {
        next(plan -> {
            try (WorkerProcess worker = WorkerProcess.start(
                    WorkerProcess.options().name(suite + "-trial").jvmOptions(jvmOptions), target, plan)) {
                return worker.join(timeoutNs(plan), TimeUnit.NANOSECONDS) ? worker.exitCode() : OptionalInt.empty();
            }
        });
    }

    /** One more trial, by a program that gets the plan as its arguments. What it starts is its own to end. */
    void next(final List<String> program) throws IOException, InterruptedException {
        next(plan -> {
            final List<String> command = new ArrayList<>(program);
            command.addAll(plan.arguments());
            final Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                process.getOutputStream().close();
                return process.waitFor(timeoutNs(plan), TimeUnit.NANOSECONDS)
                        ? OptionalInt.of(process.exitValue())
                        : OptionalInt.empty();
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        });
    }

    private void next(final Execution execution) throws IOException, InterruptedException {
        final int trial = results.size() + 1;
        run.progress().println(suite + ": " + subject + ", trial " + trial + " of " + TrialPlan.trials(run.scale()));
        final Path file = Files.createTempFile(run.directory(), suite, ".trial");
        file.toFile().deleteOnExit(); // Ctrl-C skips the finally below
        try {
            final TrialPlan plan = TrialPlan.of(run.scale(), file.toString());
            final int code = execution
                    .run(plan)
                    .orElseThrow(() -> new IOException(subject + ", trial " + trial + ": not done within "
                            + TimeUnit.NANOSECONDS.toSeconds(timeoutNs(plan)) + " s"));
            if (code != 0) {
                throw new IOException(subject + ", trial " + trial + ": its JVM ended with exit code " + code
                        + "; its standard error says why");
            }
            results.add(TrialResult.load(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long timeoutNs(final TrialPlan plan) {
        return TimeUnit.SECONDS.toNanos(START_SECONDS) + 2 * (plan.warmupNs() + plan.measureNs());
    }

    /** A percentile of each trial, in microseconds. */
    Figure percentile(final String name, final double percentile) {
        return figure(
                subject + " " + name, "us", result -> result.histogram().getValueAtPercentile(percentile) / NS_PER_US);
    }

    /** A percentile of all trials together, in microseconds. */
    Figure merged(final String name, final double percentile) {
        final Histogram all =
                HistogramFile.merge(results.stream().map(TrialResult::histogram).toList());
        return new Figure(subject + " " + name, "us", List.of(all.getValueAtPercentile(percentile) / NS_PER_US));
    }

    /** A number that each trial has left. */
    Figure number(final String name, final String unit, final String key) {
        return figure(name, unit, result -> result.number(key));
    }

    private Figure figure(final String name, final String unit, final ToDoubleFunction<TrialResult> value) {
        return new Figure(
                name, unit, results.stream().mapToDouble(value).boxed().toList());
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

    /** Runs one trial; its exit code, nothing when it was not done in time. */
    private interface Execution {
        OptionalInt run(TrialPlan plan) throws IOException, InterruptedException;
    }
}
