package io.condatis.testing;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A CPython that runs a script beside a test. The script begins with a prelude that imports {@code shared_memory} and
 * keeps the resource tracker away from what the script attaches or creates: it would delete blocks that others use.
 */
public final class Python implements AutoCloseable {
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

    /** {@return whether there is a python3 with the module {@code shared_memory}} */
    public static boolean isThere() {
        return succeeds("from multiprocessing import shared_memory");
    }

    /** {@return whether python3 has numpy} */
    public static boolean hasNumpy() {
        return succeeds("import numpy");
    }

    private static boolean succeeds(final String line) {
        try (Python python = start(line)) {
            return python.exitCode() == 0;
        } catch (final UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Starts a script.
     *
     * @param script what follows the prelude
     * @param args in the script's list {@code args}
     * @return the running interpreter; its errors go to this JVM's
     */
    public static Python start(final String script, final String... args) {
        final List<String> command = new ArrayList<>(List.of("python3", "-u", "-c", PRELUDE + script));
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
