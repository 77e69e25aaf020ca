package io.condatis.perf.report;

import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What does not change during a run: processor, kernel, JDK, flags, version of the code. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    private static final String UNKNOWN = "unknown";
    private static final long GIT_SECONDS = 5;

    private Machine() {}

    static Map<String, String> facts() {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("commit", commit());
        facts.put("processor", field(CPU_INFO, "model name"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("governor", firstLine(GOVERNOR));
        facts.put("memory", field(MEMORY_INFO, "MemTotal"));
        facts.put(
                "kernel",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        facts.put(
                "jdk",
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.name") + " "
                        + System.getProperty("java.vm.version"));
        facts.put(
                "jvm flags",
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        facts.put("shared memory", sharedMemory());
        return facts;
    }

    private static String field(final Path file, final String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    private static String firstLine(final Path file) {
        try {
            return Files.readString(file).strip();
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }

    private static String sharedMemory() {
        final Path directory = SharedDirectory.path();
        try {
            final FileStore store = Files.getFileStore(directory);
            return directory + " (" + store.type() + ")";
        } catch (final IOException e) {
            return directory + " (" + UNKNOWN + ")";
        }
    }

    /** Of the work tree that the code runs from, if it does. */
    private static String commit() {
        final Path root = workTree();
        if (root == null) {
            return UNKNOWN;
        }
        final String commit = git(root, "rev-parse", "--short=12", "HEAD");
        final String changes = git(root, "status", "--porcelain", "--untracked-files=no");
        return commit + (changes.isEmpty() || changes.equals(UNKNOWN) ? "" : " with changes");
    }

    private static Path workTree() {
        final var source = Machine.class.getProtectionDomain().getCodeSource();
        Path directory =
                source == null ? null : Path.of(URI.create(source.getLocation().toString()));
        while (directory != null && !Files.exists(directory.resolve(".git"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static String git(final Path root, final String... arguments) {
        final List<String> command = Stream.concat(Stream.of("git", "-C", root.toString()), Stream.of(arguments))
                .toList();
        try {
            final Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String output = new String(git.getInputStream().readAllBytes()).strip();
            return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? output : UNKNOWN;
        } catch (final IOException e) {
            return UNKNOWN;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
