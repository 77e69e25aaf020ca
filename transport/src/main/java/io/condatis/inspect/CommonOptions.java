package io.condatis.inspect;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all commands have, and how they write. */
final class CommonOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--dir",
            paramLabel = "DIRECTORY",
            description =
                    "Where shared memory is, if the processes were started with -Dcondatis.dir; default /dev/shm.")
    private Path directory;

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    /** What a command does. */
    interface Action {
        int run() throws IOException, InterruptedException;
    }

    static CommandLine commandLine(final Object command) {
        return new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);
    }

    boolean isJson() {
        return format == Format.JSON;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    ParameterException usage(final String fault) {
        return new ParameterException(spec.commandLine(), fault);
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Runs a command; what cannot be read becomes a line and an exit code. */
    int run(final Action action) throws InterruptedException {
        return runUnchecked(() -> {
            JvmFlags.check();
            return action.run();
        });
    }

    /** As {@link #run}, for who can do without the JVM's flags. */
    int runUnchecked(final Action action) throws InterruptedException {
        if (directory != null) {
            System.setProperty(SharedDirectory.DIRECTORY_PROPERTY, directory.toString());
        }
        try {
            return action.run();
        } catch (final IOException | UncheckedIOException | CondatisException e) {
            err().println("condatis: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out().flush();
        }
    }

    void printJson(final Map<String, ?> content) {
        out().println(Json.text(content));
    }
}
