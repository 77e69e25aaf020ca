package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.suite.Repeats;
import io.condatis.perf.suite.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program in another language that does the same beside us: measures, and prints a line {@code name value} for each
 * quantity. One run of it is one trial.
 */
final class PeerProgram {
    private static final long DEADLINE_SECONDS = 60;

    private final String peer;
    private final String suite;
    private final String source;
    private final Run run;
    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private int trials;

    /**
     * Runs nothing yet.
     *
     * @param peer what all of its figures begin with
     * @param suite names the files in the run's directory
     * @param source name of the resource that it is made of
     * @param run its directory takes the source and what each trial printed
     */
    PeerProgram(final String peer, final String suite, final String source, final Run run) {
        this.peer = peer;
        this.suite = suite;
        this.source = source;
        this.run = run;
    }

    /** {@return the source, copied to the run's directory} */
    Path sourceFile() throws IOException {
        final Path file = run.directory().resolve(suite + "-" + source);
        try (InputStream resource = PeerProgram.class.getResourceAsStream(source)) {
            if (resource == null) {
                throw new IllegalArgumentException("no " + source + " beside " + PeerProgram.class.getName());
            }
            Files.write(file, resource.readAllBytes());
        }
        return file;
    }

    /** One more trial, whose command prints quantities. */
    void trial(final List<String> command) throws IOException, InterruptedException {
        trials++;
        final String name = suite + ": " + peer + ", trial " + trials;
        run.progress().println(name);
        final Repeats.Trial attempts = run.repeats().begin(name);
        List<String> lines;
        do {
            lines = output(command, "trial-" + trials);
        } while (attempts.again());
        for (final String line : lines) {
            add(line);
        }
    }

    /**
     * What a command prints. What it starts is its own to end; a minute later all of it is killed.
     *
     * @throws IOException when it cannot be run, fails, or takes more than a minute
     * @throws InterruptedException when interrupted; it is ended
     */
    List<String> output(final List<String> command, final String fileName) throws IOException, InterruptedException {
        final Path output = run.directory()
                .resolve(suite + "-" + peer.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + fileName + ".txt");
        final Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(source + " is not done within " + DEADLINE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        source + " ended with exit code " + process.exitValue() + "; its standard error says why");
            }
            return Files.readAllLines(output);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The value is the last word; a name may have several. */
    private void add(final String line) throws IOException {
        final int space = line.lastIndexOf(' ');
        try {
            final double value = Double.parseDouble(line.substring(space + 1));
            values.computeIfAbsent(line.substring(0, space), name -> new ArrayList<>())
                    .add(value);
        } catch (final NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IOException(source + " printed what is no 'name value': " + line, e);
        }
    }

    /** {@return the names of all quantities, in the order in which they were printed} */
    Set<String> names() {
        return values.keySet();
    }

    /**
     * A quantity that was measured.
     *
     * @throws IllegalArgumentException if no trial printed it
     */
    Figure figure(final String name, final String unit) {
        final List<Double> measured = values.get(name);
        if (measured == null) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "no figure %s among %s of %s", name, values.keySet(), source));
        }
        return new Figure(peer + " " + name, unit, measured);
    }
}
