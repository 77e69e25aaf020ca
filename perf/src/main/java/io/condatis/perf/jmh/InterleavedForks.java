package io.condatis.perf.jmh;

import io.condatis.internal.os.JvmFlags;
import io.condatis.perf.process.PythonPeer;
import io.condatis.perf.suite.Repeats;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks in turns, each in a JVM of its own: A B A B. JMH alone would run all forks of A before those of B, and
 * what the machine does meanwhile would go to one of them.
 */
final class InterleavedForks {
    private static final int UNSAFE_WARNS_FROM = 23;

    private static final int SELDOM = 3;

    private static final Pattern PID = Pattern.compile("pid-(\\d+)-");

    private final String suite;
    private final Run run;
    private final ForkPlan plan;
    private List<String> repeated = List.of();

    InterleavedForks(final String suite, final Run run, final ForkPlan plan) {
        this.suite = suite;
        this.run = run;
        this.plan = plan;
        // Its lock file keeps a second JMH off the machine; what else runs here is in the report's environment.
        System.setProperty("jmh.ignoreLock", "true");
    }

    /** Has a quick run repeat these methods alone, whose ratios have bars. The others run in its first trial. */
    InterleavedForks repeating(final String... methods) {
        repeated = List.of(methods);
        return this;
    }

    /** All benchmarks of some classes; their JSON is in the run's directory afterwards. */
    JmhResults run(final Class<?>... benchmarks) throws RunnerException, IOException {
        final JmhResults results = new JmhResults();
        for (int trial = 1; trial <= plan.trials(); trial++) {
            runTrial(trial, results, benchmarks);
        }
        results.writeJson(json());
        return results;
    }

    /** The same, with a trial of CPython after each of ours, in a quick run after the first. */
    JmhResults run(final PythonPeer peer, final Class<?>... benchmarks)
            throws RunnerException, IOException, InterruptedException {
        final JmhResults results = new JmhResults();
        for (int trial = 1; trial <= plan.trials(); trial++) {
            runTrial(trial, results, benchmarks);
            if (isForPeer(trial)) {
                peer.trial(Long.toString((long) plan.measurements() * plan.iterationMs()));
            }
        }
        results.writeJson(json());
        return results;
    }

    /** A quick run has no time to repeat what no bar is held against. */
    private boolean isForAll(final int trial) {
        return trial == 1 || run.scale() != Scale.QUICK;
    }

    /** No ratio is taken to it. */
    private boolean isForPeer(final int trial) {
        return isForAll(trial) && (run.scale() != Scale.FULL || trial % SELDOM == 1);
    }

    private void runTrial(final int trial, final JmhResults results, final Class<?>... benchmarks)
            throws RunnerException, IOException {
        final String name = suite + ": trial " + trial + " of " + plan.trials();
        run.progress().println(name);
        final Path log = run.directory().resolve(suite + "-trial-" + trial + ".log");
        if (run.profile()) {
            prepareRecordings(trial);
        }
        final Repeats.Trial attempts = run.repeats().begin(name);
        Collection<RunResult> trialResults;
        do {
            trialResults = new Runner(options(log, trial, benchmarks).build()).run();
        } while (attempts.again());
        results.add(trialResults);
        if (run.profile()) {
            collectRecordings(trial);
        }
    }

    /** Of one trial: a JVM of JDK 17 puts its process id only into a name that it chooses itself. */
    private Path recordings(final int trial) {
        return run.directory().resolve(suite + "-trial-" + trial + "-recordings");
    }

    private void prepareRecordings(final int trial) throws IOException {
        final Path directory = Files.createDirectories(recordings(trial));
        try (DirectoryStream<Path> old = Files.newDirectoryStream(directory)) {
            for (final Path file : old) {
                Files.delete(file); // of a run that was killed
            }
        }
    }

    private void collectRecordings(final int trial) throws IOException {
        final Path directory = recordings(trial);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (final Path file : files) {
                final Matcher pid = PID.matcher(file.getFileName().toString());
                final String name =
                        pid.find() ? pid.group(1) + ".jfr" : file.getFileName().toString();
                Files.move(
                        file,
                        run.directory().resolve(suite + "-trial-" + trial + "-" + name),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.delete(directory);
    }

    private Path json() {
        return run.directory().resolve(suite + ".json");
    }

    private ChainedOptionsBuilder options(final Path log, final int trial, final Class<?>... benchmarks) {
        final TimeValue iteration = TimeValue.milliseconds(plan.iterationMs());
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(1)
                .forks(1)
                .warmupIterations(plan.warmups())
                .warmupTime(iteration)
                .measurementIterations(plan.measurements())
                .measurementTime(iteration)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .jvmArgs(forkArguments(trial).toArray(String[]::new))
                .output(log.toString());
        final boolean all = isForAll(trial) || repeated.isEmpty();
        for (final Class<?> benchmark : benchmarks) {
            final String name = "^" + benchmark.getName().replace(".", "\\.") + "\\.";
            options.include(all ? name : name + "(" + String.join("|", repeated) + ")$");
        }
        return options;
    }

    /** A quick run has no time for what is not measured; in the others a JVM starts as a user's does. */
    private List<String> forkArguments(final int trial) {
        final List<String> arguments = jvmArguments(trial);
        if (run.scale() == Scale.QUICK && !run.profile()) {
            arguments.addAll(ForkArchive.flags(run.directory(), jvmArguments(1)));
        }
        return arguments;
    }

    /** What Condatis needs, what the user set for it, and for JMH itself what newer JDKs would warn of. */
    private List<String> jvmArguments(final int trial) {
        final List<String> arguments = new ArrayList<>(JvmFlags.required());
        arguments.addAll(List.of(run.recordingFlags(recordings(trial))));
        for (final String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (given.startsWith("-Dagrona.") || given.startsWith("-Dcondatis.") || given.startsWith("-X")) {
                arguments.add(given);
            }
        }
        if (Runtime.version().feature() >= UNSAFE_WARNS_FROM) {
            arguments.add("--sun-misc-unsafe-memory-access=allow");
        }
        return arguments;
    }
}
