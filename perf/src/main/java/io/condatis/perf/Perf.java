package io.condatis.perf;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.JvmFlags;
import io.condatis.perf.report.Comparison;
import io.condatis.perf.report.Environment;
import io.condatis.perf.report.Report;
import io.condatis.perf.report.ReportFile;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command {@code condatis perf}: runs suites and says how they stand against their bars. Exit code 0 when everything
 * asked for was measured, whether bars are met or not; 1 when something could not be measured; 2 when the command line is
 * wrong; 3 when a ratio got worse than that of a baseline, or is not measured any more.
 */
@Command(
        name = "condatis perf",
        description = "Measures Condatis beside the limits it stands on, in one run.",
        sortOptions = false,
        footerHeading = "%nSuites:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, whether bars are met or missed",
            "1:something could not be measured",
            "2:wrong command line",
            "3:a ratio is worse than the baseline's by more than the tolerance, or not measured any more"
        })
public final class Perf implements Callable<Integer> {
    private static final int MEASURED = 0;
    private static final int FAILED = 1;
    private static final int WORSE = 3;
    private static final double PERCENT = 100;
    private static final int USAGE_WIDTH = 110;

    private final List<Suite> suites;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "SUITE", arity = "0..*", description = "What to measure; everything when none is named.")
    private List<String> names = new ArrayList<>();

    @ArgGroup
    private Length length = new Length();

    @Option(
            names = "--peers",
            paramLabel = "LIST",
            defaultValue = "machine",
            description = "Whom to measure beside us: some of cpython, robust-mutex, redis, chronicle, hazelcast,"
                    + " jctools, with commas; or machine: the first three, where they are there; all; none."
                    + " The last three are built when they are asked for. Default: ${DEFAULT-VALUE}.")
    private String peers;

    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description = "Measure on the JDK in this directory instead of the one that runs this command.")
    private Path jdk;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "The report.json of an earlier run: compare the ratios and exit with 3 when one is worse.")
    private Path baseline;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "By how much a ratio may be worse than the baseline's. Default: ${DEFAULT-VALUE}.")
    private double tolerance;

    @Option(
            names = "--profile",
            description = "Record what is measured with the JDK's flight recorder; it costs a little.")
    private boolean profile;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/perf",
            description = "Where results go: report.html, report.txt, report.json, environment.txt, JMH's JSON,"
                    + " histograms as .hgrm."
                    + " Default: ${DEFAULT-VALUE} in the current directory.")
    private Path directory;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    /** How long to measure; at most one of these. */
    private static final class Length {
        @Option(
                names = "--quick",
                description =
                        "Under four minutes in all where the host leaves the processors to it: good for a look, too"
                                + " short for a claim.")
        private boolean quick;

        @Option(names = "--full", description = "More trials of everything: about an hour and a half.")
        private boolean full;

        Scale scale() {
            if (quick) {
                return Scale.QUICK;
            }
            return full ? Scale.FULL : Scale.NORMAL;
        }
    }

    @Spec
    private CommandSpec spec;

    Perf(final List<Suite> suites, final PrintStream out, final PrintStream err) {
        this.suites = suites;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command and exits with its code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        System.exit(execute(Suites.ALL, System.out, System.err, args));
    }

    static int execute(final List<Suite> suites, final PrintStream out, final PrintStream err, final String... args) {
        final CommandLine line = new CommandLine(new Perf(suites, out, err));
        line.getCommandSpec()
                .usageMessage()
                .footer(suites.stream()
                        .map(suite -> String.format("  %-9s %s", suite.name(), suite.description()))
                        .toArray(String[]::new));
        return line.setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler(Perf::onWrongCommandLine)
                .setExecutionExceptionHandler(Perf::onException)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private static int onWrongCommandLine(final ParameterException failure, final String[] args) {
        final CommandLine line = failure.getCommandLine();
        line.getErr().println("condatis perf: " + failure.getMessage());
        line.usage(line.getErr());
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** What Condatis or the file system says is meant for the user; everything else is a bug and keeps its trace. */
    private static int onException(final Exception failure, final CommandLine line, final ParseResult parsed)
            throws Exception {
        if (failure instanceof CondatisException || failure instanceof IOException) {
            // What the file system says of a file is its name alone.
            line.getErr()
                    .println("condatis perf: "
                            + (failure instanceof FileSystemException ? failure.toString() : failure.getMessage()));
            return FAILED;
        }
        throw failure;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final List<Suite> chosen = chosen();
        final Set<Peer> wanted = wanted();
        checkTolerance();
        final ReportFile before = baseline == null ? null : baseline(chosen);
        if (jdk != null) {
            final OtherJdk other = other();
            if (!other.isThis()) {
                return other.run(spec.commandLine().getParseResult().originalArgs());
            }
        }
        createDirectory();
        JvmFlags.check();
        final Environment environment = Environment.begin(command());
        final List<Section> sections = new ArrayList<>();
        boolean failed = false;
        for (final Suite suite : chosen) {
            try {
                removeResults(suite);
                final Run run = new Run(length.scale(), directory, err, wanted, profile);
                final Section section = suite.run(run);
                sections.add(
                        run.repeats().note().isEmpty()
                                ? section
                                : section.note(run.repeats().note()));
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return FAILED;
            } catch (final Exception e) {
                failed = true;
                err.println("condatis perf: suite " + suite.name() + " failed: " + e);
                sections.add(new Section(suite.name()).failed(e.getMessage()));
            }
        }
        environment.end();
        final Report report = new Report(sections);
        publish(environment, report);
        final boolean worse = before != null && isWorse(before, report.file(environment));
        if (failed) {
            return FAILED;
        }
        return worse ? WORSE : MEASURED;
    }

    /** Of an earlier run into the same directory, which the page would take for this one's. */
    private void removeResults(final Suite suite) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, suite.name() + "-*.{hgrm,jfr}")) {
            for (final Path file : old) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Read and looked at before anything is measured. */
    private ReportFile baseline(final List<Suite> chosen) throws IOException {
        final ReportFile before = ReportFile.read(baseline);
        final List<String> suites = chosen.stream().map(Suite::name).toList();
        if (before.suites().stream().noneMatch(suite -> suites.contains(suite.name()) && suite.hasRatio())) {
            throw new IOException(baseline + " has no ratio of " + String.join(", ", suites)
                    + ": nothing could be compared. Give the report of a run of the same suites");
        }
        return before;
    }

    private void checkTolerance() {
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(
                    spec.commandLine(), "The tolerance is " + tolerance + ": give percent, 0 or more.");
        }
    }

    private boolean isWorse(final ReportFile before, final ReportFile now) {
        final Comparison comparison = Comparison.of(before, now, tolerance / PERCENT);
        out.println("\nBeside " + baseline + ":");
        out.print(comparison.text());
        out.flush();
        return comparison.isWorse();
    }

    private Set<Peer> wanted() {
        try {
            return Peer.parse(peers);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private OtherJdk other() {
        final OtherJdk other = new OtherJdk(jdk);
        if (other.refusal() != null) {
            throw new ParameterException(spec.commandLine(), other.refusal());
        }
        return other;
    }

    private List<Suite> chosen() {
        final Set<String> unknown = new LinkedHashSet<>(names);
        suites.forEach(suite -> unknown.remove(suite.name()));
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no suite " + String.join(", ", unknown) + "; there are: "
                            + String.join(", ", suites.stream().map(Suite::name).toList()) + ".");
        }
        return suites.stream()
                .filter(suite -> names.isEmpty() || names.contains(suite.name()))
                .toList();
    }

    private void createDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "The directory " + directory + " cannot be made: " + e + ".", e);
        }
        if (!Files.isWritable(directory)) {
            throw new ParameterException(
                    spec.commandLine(), "The directory " + directory + " cannot be written to: name another by --out.");
        }
    }

    private String command() {
        return String.join(
                        " ",
                        spec.qualifiedName(),
                        String.join(" ", spec.commandLine().getParseResult().originalArgs()))
                .strip();
    }

    private void publish(final Environment environment, final Report report) throws IOException {
        final String text =
                environment.text() + "\n" + report.text() + "\nMeasured on a " + environment.judgement() + ".\n";
        out.print("\n" + text); // first: the disk may be full by now
        out.flush();
        Files.writeString(directory.resolve("environment.txt"), environment.text());
        Files.writeString(directory.resolve("report.txt"), text);
        report.write(environment, directory);
        out.println("\nFiles are in " + directory + "; look at report.html first.");
        out.flush();
    }
}
