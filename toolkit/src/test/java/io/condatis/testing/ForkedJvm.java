package io.condatis.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A child JVM of a test: runs a main class on the test's class path with the flags that Condatis needs, and keeps every
 * line it prints. A wait that fails puts all of them into the failure's message.
 *
 * <p>Closing kills it, and whatever processes it has started, with SIGKILL and waits until it is gone.
 *
 * <pre>{@code
 * try (ForkedJvm child = ForkedJvm.start(Holder.class, name)) {
 *     child.awaitLine("holding", Duration.ofSeconds(10));
 *     child.kill();
 * }
 * }</pre>
 */
public final class ForkedJvm implements AutoCloseable {
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);
    private static final Duration OUTPUT_DEADLINE = Duration.ofSeconds(1);

    private final String mainClass;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final List<String> errorLines = new ArrayList<>();
    private final List<Thread> readers;
    private int openStreams = 2;

    private ForkedJvm(final String mainClass, final Process process) {
        this.mainClass = mainClass;
        this.process = process;
        this.readers = List.of(
                read(process.getInputStream(), lines, "out"), read(process.getErrorStream(), errorLines, "err"));
    }

    /**
     * Starts a child with the defaults.
     *
     * @param main class with the main method
     * @param args its arguments
     * @return the running child
     */
    public static ForkedJvm start(final Class<?> main, final String... args) {
        return of(main).args(args).start();
    }

    /**
     * Describes a child that needs other flags, another Java or an environment.
     *
     * @param main class with the main method
     * @return the description, to be finished by {@link ForkedJvmOptions#start()}
     */
    public static ForkedJvmOptions of(final Class<?> main) {
        return new ForkedJvmOptions(main);
    }

    static ForkedJvm launch(final String mainClass, final ProcessBuilder builder) {
        try {
            return new ForkedJvm(mainClass, builder.start());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the process id} */
    public long pid() {
        return process.pid();
    }

    /** {@return whether the child runs, stopped ones included} */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the child, for what this class does not offer} */
    public Process process() {
        return process;
    }

    /** {@return what it has printed on its standard output so far} */
    public List<String> lines() {
        synchronized (this) {
            return List.copyOf(lines);
        }
    }

    /** {@return what it has printed on its standard error so far} */
    public List<String> errorLines() {
        synchronized (this) {
            return List.copyOf(errorLines);
        }
    }

    /**
     * Waits for a line, on either stream, that contains a text; lines printed before the call count.
     *
     * @param text part of the line
     * @param deadline longest wait
     * @return the whole line
     * @throws AssertionError when the line has not come in time or the child ended without it
     */
    public String awaitLine(final String text, final Duration deadline) {
        return awaitLine(line -> line.contains(text), "a line with '" + text + "'", deadline);
    }

    private String awaitLine(final Predicate<String> wanted, final String what, final Duration deadline) {
        final long endNs = System.nanoTime() + deadline.toNanos();
        synchronized (this) {
            while (true) {
                final String found = find(wanted);
                if (found != null) {
                    return found;
                }
                final long leftNs = endNs - System.nanoTime();
                if (openStreams == 0 || leftNs <= 0) {
                    throw failure(what + (openStreams == 0 ? " never came" : " did not come within " + deadline));
                }
                waitUpTo(leftNs);
            }
        }
    }

    private String find(final Predicate<String> wanted) {
        for (final List<String> stream : List.of(lines, errorLines)) {
            for (final String line : stream) {
                if (wanted.test(line)) {
                    return line;
                }
            }
        }
        return null;
    }

    private void waitUpTo(final long leftNs) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(leftNs, 1_000_000));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("the wait was interrupted");
        }
    }

    /**
     * Writes a line to the child's standard input.
     *
     * @param line without line end
     */
    public void send(final String line) {
        try {
            final var in = process.getOutputStream();
            in.write((line + '\n').getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException(output("standard input is closed"), e);
        }
    }

    /** Sends SIGKILL; does not wait. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /**
     * Sends a signal; after {@code STOP}, waits until the process has stopped.
     *
     * @param name as the shell's kill takes it, such as {@code STOP}, {@code CONT} or {@code INT}
     */
    public void signal(final String name) {
        try {
            final Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid())
                    .redirectErrorStream(true)
                    .start();
            final String answer = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw failure("signal " + name + " failed: " + answer);
            }
            if (name.equals("STOP")) {
                StoppedProcess.await(pid());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("signal " + name + " was interrupted");
        }
    }

    /**
     * Waits for the end of the child and of its output. Output that a grandchild keeps open is waited for shortly only.
     *
     * @param deadline longest wait
     * @return the exit code, 128 + N when signal N ended it
     * @throws AssertionError when it still runs
     */
    public int exitCode(final Duration deadline) {
        try {
            if (!process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw failure("still runs after " + deadline);
            }
            for (final Thread reader : readers) {
                reader.join(OUTPUT_DEADLINE.toMillis());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("the wait for its end was interrupted");
        }
        return process.exitValue();
    }

    /** {@return everything it has printed, for the message of a failing assertion} */
    public String output() {
        return output("output so far");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        exitCode(CLOSE_DEADLINE);
    }

    private AssertionError failure(final String what) {
        return new AssertionError(output(what));
    }

    private String output(final String what) {
        final String state = process.isAlive() ? "alive" : "exit code " + process.exitValue();
        final StringBuilder text = new StringBuilder();
        text.append(mainClass)
                .append(" (pid ")
                .append(pid())
                .append(", ")
                .append(state)
                .append("): ");
        text.append(what).append('\n');
        lines().forEach(line -> text.append("  out| ").append(line).append('\n'));
        errorLines().forEach(line -> text.append("  err| ").append(line).append('\n'));
        return text.toString();
    }

    private Thread read(final InputStream stream, final List<String> target, final String name) {
        final Thread reader = new Thread(() -> readAll(stream, target), "forked-" + name + "-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void readAll(final InputStream stream, final List<String> target) {
        try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (this) {
                    target.add(line);
                    notifyAll();
                }
            }
        } catch (final IOException e) {
            synchronized (this) {
                target.add("(reading ended: " + e + ")");
            }
        } finally {
            synchronized (this) {
                openStreams--;
                notifyAll();
            }
        }
    }
}
