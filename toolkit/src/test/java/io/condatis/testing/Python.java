package io.condatis.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A CPython that runs a script beside a test. The script begins with a prelude that imports {@code shared_memory} and
 * keeps the resource tracker away from what the script attaches or creates: it would delete blocks that others use.
 */
public final class Python implements AutoCloseable {
    /** Names further interpreters. */
    public static final String MORE = "condatis.pythons";

    private static final int OLDEST = 9;
    private static final int NEWEST = 20;

    private static final String PRELUDE =
            """
            import sys, time
            from multiprocessing import resource_tracker, shared_memory
            resource_tracker.register = lambda name, kind: None
            resource_tracker.unregister = lambda name, kind: None
            args = sys.argv[1:]
            """;

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private Python(final Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * The CPythons of this machine that have {@code shared_memory}: the {@code python3} of the path and the newest one, in
     * the {@linkplain LongForm long form} one of each version. Looked for on the path, in {@code /usr}, among those of
     * pyenv, and in the system property {@value #MORE}, separated by commas.
     *
     * @return commands, the {@code python3} of the path first; empty where there is none
     */
    public static List<String> interpreters() {
        return Found.ALL;
    }

    /** {@return whether there is a CPython to test with} */
    public static boolean isThere() {
        return !interpreters().isEmpty();
    }

    /**
     * Whether an interpreter has numpy.
     *
     * @param interpreter one of {@link #interpreters()}
     * @return whether it can be imported
     */
    public static boolean hasNumpy(final String interpreter) {
        return answer(interpreter, "import importlib.util; print(importlib.util.find_spec('numpy') is not None)")
                .equals("True");
    }

    /** The line that a script prints; empty when it fails. */
    private static String answer(final String interpreter, final String line) {
        final List<String> command = List.of(interpreter, "-c", line);
        try (Python python = new Python(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start())) {
            final String answer = python.readLine();
            return answer != null && python.exitCode() == 0 ? answer : "";
        } catch (final IOException e) {
            return "";
        }
    }

    /** Found once. */
    private static final class Found {
        static final List<String> ALL = find();

        private static List<String> find() {
            final TreeMap<Integer, String> byMinor = new TreeMap<>();
            String first = null;
            for (final String candidate : candidates()) {
                final String minor = answer(
                        candidate,
                        "import sys, multiprocessing.shared_memory; print("
                                + "sys.version_info[1] if sys.implementation.name == 'cpython' else 0)");
                if (isNewEnough(minor) && byMinor.putIfAbsent(Integer.valueOf(minor), candidate) == null) {
                    first = first == null ? candidate : first;
                }
            }
            final Set<String> chosen = new LinkedHashSet<>();
            if (first != null) {
                chosen.add(first);
                chosen.addAll(
                        LongForm.of(0, 1) == 1
                                ? byMinor.descendingMap().values()
                                : List.of(byMinor.lastEntry().getValue()));
            }
            return List.copyOf(chosen);
        }

        /** Lists of CPython 3.8 have another layout: the lengths of the slots in place of their offsets. */
        private static boolean isNewEnough(final String minor) {
            return !minor.isEmpty() && Integer.parseInt(minor) >= OLDEST;
        }

        private static List<String> candidates() {
            final List<String> candidates = new ArrayList<>(List.of("python3"));
            candidates.addAll(List.of(System.getProperty(MORE, "").split(",")));
            candidates.removeIf(String::isBlank);
            for (int minor = OLDEST; minor <= NEWEST; minor++) {
                candidates.add("python3." + minor);
            }
            for (final String directory : List.of("/usr/bin", "/usr/local/bin")) {
                candidates.add(directory + "/python3");
            }
            final Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
            if (Files.isDirectory(pyenv)) {
                try (Stream<Path> versions = Files.list(pyenv)) {
                    versions.map(version -> version.resolve("bin/python3").toString())
                            .sorted()
                            .forEach(candidates::add);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return candidates;
        }
    }

    /**
     * Starts a script.
     *
     * @param interpreter one of {@link #interpreters()}
     * @param script what follows the prelude
     * @param args in the script's list {@code args}
     * @return the running interpreter; its errors go to this JVM's
     */
    public static Python start(final String interpreter, final String script, final String... args) {
        final List<String> command = new ArrayList<>(List.of(interpreter, "-u", "-c", PRELUDE + script));
        command.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        try {
            return new Python(builder.start());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for a line.
     *
     * @return what the script printed next, or null at the end
     */
    public String readLine() {
        try {
            return out.readLine();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a line to the script's standard input.
     *
     * @param line without line end
     */
    public void send(final String line) {
        try {
            in.write(line);
            in.newLine();
            in.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the end.
     *
     * @return the exit code
     */
    public int exitCode() {
        try {
            if (!process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("python3 still runs");
            }
            return process.exitValue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** {@return whether it has not ended} */
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
