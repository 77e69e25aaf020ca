package io.condatis.perf.jmh;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Class data that the JVMs of all benchmarks of a run share. Half of the second that such a JVM takes in a quick run is its
 * start, which loads some 2,000 classes; they are the same from the archive, and sooner there. It goes when this JVM ends.
 */
final class ForkArchive {
    private static final String BENCHMARK =
            "^" + SharedLockBenchmark.class.getName().replace(".", "\\.") + "\\.lockUnlock$";

    private static final List<String> CHOSEN = List.of("-XX:AOT", "-XX:SharedArchiveFile", "-Xshare");

    /** Of the run that this JVM does; guarded by the class. */
    private static Path built;

    private ForkArchive() {}

    /**
     * The flag that has a JVM start from the archive, which the first call builds.
     *
     * @param directory of the run
     * @param jvmArguments that all of them have
     * @return none where it cannot be built, of which {@code forks.log} tells, or where flags stand against it
     */
    static synchronized List<String> flags(final Path directory, final List<String> jvmArguments) {
        final Path file = directory.toAbsolutePath().resolve("forks.jsa");
        if (isImpossible(file, jvmArguments)) {
            return List.of();
        }
        if (!file.equals(built)) {
            built = file;
            file.toFile().delete(); // of a run that was killed
            file.toFile().deleteOnExit();
            build(jvmArguments, file, directory.resolve("forks.log"));
        }
        return Files.isRegularFile(file) ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** A colon parts two archives; who has chosen an archive, or flags for every JVM, has his way. */
    private static boolean isImpossible(final Path file, final List<String> jvmArguments) {
        return file.toString().contains(File.pathSeparator)
                || System.getenv("JAVA_TOOL_OPTIONS") != null
                || System.getenv("JDK_JAVA_OPTIONS") != null
                || jvmArguments.stream().anyMatch(flag -> CHOSEN.stream().anyMatch(flag::startsWith));
    }

    private static void build(final List<String> jvmArguments, final Path file, final Path log) {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include(BENCHMARK)
                .mode(Mode.AverageTime)
                .forks(1)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgs(jvmArguments.toArray(String[]::new))
                .jvmArgsAppend("-XX:ArchiveClassesAtExit=" + file)
                .output(log.toString());
        try {
            new Runner(options.build()).run();
        } catch (final RunnerException | RuntimeException e) {
            return; // they start without it, as in any other run
        }
    }
}
