package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * CPython doing the same beside us: a script of this package's resources, run by the {@code python3} of the path, that
 * measures and prints a line {@code name value} for each quantity. One run of it is one trial. Where there is no
 * {@code python3} there are no figures, and {@link #version()} says so.
 */
public final class PythonPeer {
    private static final String INTERPRETER = "python3";
    private static final String NAME = "CPython";

    private final PeerProgram program;
    private final String interpreter;
    private final boolean wanted;
    private final String version;

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
        this.program = new PeerProgram(NAME, suite, script, run);
        this.interpreter = interpreter;
        wanted = run.wants(Peer.CPYTHON);
        version = wanted ? askVersion() : "";
    }

    /** {@return whether there is a CPython to run, and it is asked for} */
    public boolean isThere() {
        return !version.isEmpty();
    }

    /** {@return what stands beside us, or that nothing does: a note for the section} */
    public String version() {
        if (!wanted) {
            return "CPython: not asked for";
        }
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
        if (isThere()) {
            final List<String> command = new ArrayList<>(command());
            command.addAll(List.of(args));
            program.trial(command);
        }
    }

    /** {@return what runs the script, for a trial that others are measured in too; empty where there is no CPython} */
    List<String> command() throws IOException {
        return isThere() ? List.of(interpreter, "-I", program.sourceFile().toString()) : List.of();
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
        return program.figure(name, unit);
    }

    /**
     * Adds everything that the script measured, in the order in which it was printed, and who measured it.
     *
     * @param section of the same suite
     * @param unit of all values
     */
    public void addTo(final Section section, final String unit) {
        program.names().forEach(name -> section.add(figure(name, unit)));
        section.note(version());
    }

    private String askVersion() throws InterruptedException {
        final String question = "import platform; print(platform.python_implementation(), platform.python_version())";
        try {
            final List<String> answer = program.output(List.of(interpreter, "-I", "-c", question), "version");
            return answer.isEmpty() || !answer.get(0).startsWith(NAME) ? "" : answer.get(0);
        } catch (final IOException e) {
            return ""; // the reason is that there is none, whatever the system says about it
        }
    }
}
