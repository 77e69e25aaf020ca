package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
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
import java.util.concurrent.TimeUnit;

/**
 * CPython doing the same beside us: a script of this package's resources, run by the {@code python3} of the path, that
 * measures and prints a line {@code name value} for each quantity. One run of it is one trial. Where there is no
 * {@code python3} there are no figures, and {@link #version()} says so.
 */
public final class PythonPeer {
    private static final String INTERPRETER = "python3";
    private static final String NAME = "CPython ";
    private static final long DEADLINE_SECONDS = 60;

    private final String suite;
    private final String script;
    private final Run run;
    private final String interpreter;
    private final String version;
    private final Map<String, List<Double>> values = new LinkedHashMap<>();
    private int trials;

    /**
     * Looks for the interpreter.
     *
     * @param suite names the files in the run's directory
     * @param script name of the resource
     * @param run its directory takes the script and what each trial printed
     * @throws InterruptedException when interrupted while the interpreter tells its version
     */
    public PythonPeer(final String suite, final String script, final Run run) throws InterruptedException {
        this(suite, script, run, INTERPRETER);
    }

    PythonPeer(final String suite, final String script, final Run run, final String interpreter)
            throws InterruptedException {
        this.suite = suite;
        this.script = script;
        this.run = run;
        this.interpreter = interpreter;
        version = askVersion();
    }

    /** {@return whether there is a CPython to run} */
    public boolean isThere() {
        return !version.isEmpty();
    }

    /** {@return what stands beside us, or that nothing does: a note for the section} */
    public String version() {
        return isThere() ? version : "CPython: NOT MEASURED, there is no " + interpreter + " on the path";
    }

    /**
     * Runs the script once more; nothing happens where there is no CPython.
     * What the script starts is its own to end; a minute later all of it is killed.
     *
     * @param args of the script
     * @throws IOException when it fails, prints something else, or takes more than a minute
     * @throws InterruptedException when interrupted; the interpreter is ended
     */
    public void trial(final String... args) throws IOException, InterruptedException {
        if (!isThere()) {
            return;
        }
        trials++;
        run.progress().println(suite + ": CPython, trial " + trials);
        final Path file = run.directory().resolve(suite + "-" + script);
        try (InputStream source = PythonPeer.class.getResourceAsStream(script)) {
            if (source == null) {
                throw new IllegalArgumentException("no script " + script + " beside " + PythonPeer.class.getName());
            }
            Files.write(file, source.readAllBytes());
        }
        final List<String> command = new ArrayList<>(List.of(interpreter, "-I", file.toString()));
        command.addAll(List.of(args));
        for (final String line : output(command, suite + "-cpython-trial-" + trials + ".txt")) {
            add(line);
        }
    }

    private List<String> output(final List<String> command, final String fileName)
            throws IOException, InterruptedException {
        final Path output = run.directory().resolve(fileName);
        final Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(script + " is not done within " + DEADLINE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        script + " ended with exit code " + process.exitValue() + "; its standard error says why");
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
            throw new IOException(script + " printed what is no 'name value': " + line, e);
        }
    }

    /**
     * A quantity that the script measured.
     *
     * @param name as printed
     * @param unit of the value
     * @return with one value for each trial; its name begins with CPython
     * @throws IllegalArgumentException if no trial printed it
     */
    public Figure figure(final String name, final String unit) {
        final List<Double> measured = values.get(name);
        if (measured == null) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "no figure %s among %s of %s", name, values.keySet(), script));
        }
        return new Figure(NAME + name, unit, measured);
    }

    /**
     * Adds everything that the script measured, in the order in which it was printed, and who measured it.
     *
     * @param section of the same suite
     * @param unit of all values
     */
    public void addTo(final Section section, final String unit) {
        values.keySet().forEach(name -> section.add(figure(name, unit)));
        section.note(version());
    }

    private String askVersion() throws InterruptedException {
        final String question = "import platform; print(platform.python_implementation(), platform.python_version())";
        try {
            final List<String> answer = output(List.of(interpreter, "-I", "-c", question), suite + "-cpython.txt");
            return answer.isEmpty() || !answer.get(0).startsWith(NAME) ? "" : answer.get(0);
        } catch (final IOException e) {
            return ""; // the reason is that there is none, whatever the system says about it
        }
    }
}
