package io.condatis.perf.process;

import io.condatis.perf.report.Figure;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A C program doing the same beside us: a source file of this package's resources, compiled by the {@code gcc} of the path.
 * Where there is no {@code gcc} there are no figures, and {@link #version()} says so.
 */
final class CPeer {
    private static final String COMPILER = "gcc";
    private static final List<String> FLAGS = List.of("-O2", "-pthread", "-std=gnu11");

    private final PeerProgram program;
    private final String compiler;
    private final boolean wanted;
    private final String version;
    private final Path executable;
    private String failure = "";

    /**
     * Looks for the compiler.
     *
     * @param name what all figures begin with
     * @param suite names the files in the run's directory
     * @param source name of the resource
     * @param run its directory takes source, program, and what each trial printed
     * @throws InterruptedException when interrupted while the compiler tells its version
     */
    CPeer(final String name, final String suite, final String source, final Run run) throws InterruptedException {
        this(name, suite, source, run, COMPILER);
    }

    CPeer(final String name, final String suite, final String source, final Run run, final String compiler)
            throws InterruptedException {
        this.program = new PeerProgram(name, suite, source, run);
        this.compiler = compiler;
        this.wanted = run.wants(Peer.ROBUST_MUTEX);
        this.executable = run.directory().resolve(suite + "-" + source + ".exe");
        version = wanted ? askVersion() : "";
        if (!version.isEmpty()) {
            compile();
        }
    }

    /** {@return whether there is a compiler that can compile the program, and the peer is asked for} */
    boolean isThere() {
        return !version.isEmpty() && failure.isEmpty();
    }

    /** {@return what stands beside us, or that nothing does: a note for the section} */
    String version() {
        if (!wanted) {
            return "C: not asked for";
        }
        if (!failure.isEmpty()) {
            return "C: NOT MEASURED, " + failure;
        }
        return isThere()
                ? "C: " + version + " " + String.join(" ", FLAGS)
                : "C: NOT MEASURED, there is no " + compiler + " on the path";
    }

    /**
     * Runs the program once more; nothing happens where there is none.
     *
     * @param args of the program
     * @throws IOException when it fails, prints something else, or takes more than a minute
     * @throws InterruptedException when interrupted; the program is ended
     */
    void trial(final String... args) throws IOException, InterruptedException {
        if (!isThere()) {
            return;
        }
        final List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(args));
        program.trial(command);
    }

    /**
     * A quantity that the program measured.
     *
     * @param name as printed
     * @param unit of the value
     * @return with one value for each trial
     * @throws IllegalArgumentException if no trial printed it
     */
    Figure figure(final String name, final String unit) {
        return program.figure(name, unit);
    }

    /** A compiler without its headers, or a directory that nothing may run from, costs this peer and no other. */
    private void compile() throws InterruptedException {
        try {
            final List<String> command = new ArrayList<>(List.of(compiler));
            command.addAll(FLAGS);
            command.addAll(
                    List.of("-o", executable.toString(), program.sourceFile().toString()));
            program.output(command, "compiler");
            if (!Files.isExecutable(executable)) {
                failure = executable + " may not be run";
            }
        } catch (final IOException e) {
            failure = "it cannot be compiled: " + e.getMessage();
        }
    }

    private String askVersion() throws InterruptedException {
        try {
            final List<String> answer = program.output(List.of(compiler, "--version"), "version");
            return answer.isEmpty() ? "" : answer.get(0);
        } catch (final IOException e) {
            return ""; // the reason is that there is none, whatever the system says about it
        }
    }
}
