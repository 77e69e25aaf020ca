package io.condatis.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code condatis torture}: processes of all installed Java versions use a primitive while they are killed,
 * stopped and continued at random; what must hold is looked at from a process that survives.
 */
@Command(
        name = "condatis torture",
        description = "Kills, stops and continues processes that use a primitive, and looks whether it stays right.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:clean",
            "1:something that must hold did not",
            "2:the command line is wrong",
            "130:interrupted"
        })
public final class Torture implements Callable<Integer> {
    private static final int CLEAN = 0;
    private static final int VIOLATED = 1;
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-p", "--primitive"},
            required = true,
            split = ",",
            paramLabel = "NAME",
            description = "What to torture: lock, reentrant, semaphore, bounded, condition, event, barrier, rwlock,"
                    + " doorbell, or all of them.")
    private List<String> names;

    @Option(names = "--seconds", defaultValue = "60", description = "How long, each; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--processes",
            defaultValue = "4",
            description = "Victims at a time, of each; default ${DEFAULT-VALUE}.")
    private int processes;

    @Option(
            names = "--parallel",
            defaultValue = "1",
            paramLabel = "N",
            description = "How many primitives to torture at a time; default ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(names = "--seed", description = "Of everything random; default another each time, printed.")
    private Long seed;

    @Option(
            names = "--java-home",
            paramLabel = "DIRECTORY",
            description = "A Java for the victims; may be repeated. Default all versions from 17 on that are installed"
                    + " beside the one that runs this.")
    private List<Path> javaHomes;

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    /** A command to be filled in by picocli. */
    public Torture() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param args command line
     */
    public static void main(final String[] args) {
        final CommandLine command = commandLine();
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (Ending.hasBegun()) {
                return INTERRUPTED;
            }
            throw failure;
        });
        System.exit(command.execute(args));
    }

    /** {@return the command} */
    static CommandLine commandLine() {
        return new CommandLine(new Torture());
    }

    @Override
    public Integer call() throws Exception {
        final List<TorturePlan> plans = plans();
        final PrintWriter out = spec.commandLine().getOut();
        final List<TortureResult> results = new ArrayList<>();
        final ExecutorService chambers = Executors.newFixedThreadPool(parallel);
        try {
            final List<Future<TortureResult>> runs = new ArrayList<>();
            for (final TorturePlan plan : plans) {
                runs.add(chambers.submit(() -> run(plan, out)));
            }
            for (final Future<TortureResult> run : runs) {
                results.add(run.get());
            }
        } catch (final ExecutionException e) {
            throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
        } finally {
            chambers.shutdownNow();
        }
        if (results.size() > 1) {
            out.printf("%n%s", TortureResult.table(results));
            out.flush();
        }
        return results.stream().allMatch(result -> result.violations() == 0) ? CLEAN : VIOLATED;
    }

    private List<TorturePlan> plans() {
        require(
                processes >= 1 && processes <= TortureTally.MAX_VICTIMS,
                "--processes must be from 1 to " + TortureTally.MAX_VICTIMS + ", not " + processes);
        require(seconds >= 1, "--seconds must be at least 1, not " + seconds);
        require(parallel >= 1, "--parallel must be at least 1, not " + parallel);
        final long planned = seed == null ? System.nanoTime() : seed;
        final List<Path> homes = javaHomes == null ? JavaHomes.find() : javaHomes;
        for (final Path home : homes) {
            require(JavaHomes.isUsable(home), "--java-home: there is no Java from 17 on in " + home);
        }
        return primitives().stream()
                .map(primitive -> new TorturePlan(primitive, seconds, processes, planned, homes))
                .toList();
    }

    private List<TorturePrimitive> primitives() {
        try {
            return TorturePrimitive.named(names);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--primitive: " + e.getMessage(), e);
        }
    }

    private void require(final boolean met, final String requirement) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), requirement);
        }
    }

    private static TortureResult run(final TorturePlan plan, final PrintWriter out) throws Exception {
        out.printf(
                "torture %s: %d s, %d processes, seed %d, %s%n",
                plan.primitive(), plan.seconds(), plan.processes(), plan.seed(), plan.javaHomes());
        out.flush();
        final TortureResult result = new TortureRun(plan).call();
        out.println(result.line());
        out.flush();
        return result;
    }
}
