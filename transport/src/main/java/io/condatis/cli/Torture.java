package io.condatis.cli;

import io.condatis.SharedObjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code condatis torture}: processes of all installed Java versions use one primitive while they are killed,
 * stopped and continued at random; what must hold is looked at from a process that survives.
 */
@Command(
        name = "condatis torture",
        description = "Kills, stops and continues processes that use a primitive, and looks whether it stays right.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:clean", "1:something that must hold did not", "2:the command line is wrong"})
public final class Torture implements Callable<Integer> {
    private static final int CLEAN = 0;
    private static final int VIOLATED = 1;
    private static final int STRIKE_MS = 50;
    private static final long CAPACITY = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-p", "--primitive"},
            required = true,
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private TorturePrimitive primitive;

    @Option(names = "--seconds", defaultValue = "60", description = "How long; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--processes", defaultValue = "4", description = "Victims at a time; default ${DEFAULT-VALUE}.")
    private int processes;

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
        System.exit(commandLine().execute(args));
    }

    /** {@return the command} */
    static CommandLine commandLine() {
        return new CommandLine(new Torture()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (processes < 1 || processes > TortureTally.MAX_VICTIMS) {
            throw new ParameterException(
                    spec.commandLine(), "--processes must be from 1 to " + TortureTally.MAX_VICTIMS);
        }
        final TorturePlan plan = new TorturePlan(
                primitive,
                seconds,
                processes,
                seed == null ? System.nanoTime() : seed,
                javaHomes == null ? JavaHomes.find() : javaHomes);
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "torture %s: %d s, %d processes, seed %d, %s%n",
                plan.primitive(), plan.seconds(), plan.processes(), plan.seed(), plan.javaHomes());
        out.flush();
        final String name = "condatis-torture-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        try (SharedObjects shared = SharedObjects.create(name, CAPACITY)) {
            return run(plan, shared, out);
        }
    }

    private static int run(final TorturePlan plan, final SharedObjects shared, final PrintWriter out)
            throws IOException, InterruptedException {
        final TortureTally tally = new TortureTally(shared);
        final TortureSubject subject = TortureSubject.of(plan.primitive(), shared, tally, plan.processes());
        final TortureChamber chamber = new TortureChamber(plan, shared.name(), tally, subject);
        final Thread witness = new Thread(() -> watch(subject, tally, plan.seed()), "witness");
        final long kills;
        try (chamber) {
            chamber.open();
            witness.start();
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.seconds());
            while (System.nanoTime() < endNs) {
                TimeUnit.MILLISECONDS.sleep(STRIKE_MS);
                chamber.strike();
            }
            kills = tally.kills().get();
        } finally {
            witness.interrupt();
            witness.join();
        }
        verify(subject, tally);
        out.printf(
                Locale.ROOT,
                "%s: %d kills, %d stops, %d operations, %d recoveries, %d violations, longest wait %.1f ms%n",
                plan.primitive(),
                kills,
                chamber.stops(),
                tally.operations(),
                tally.recoveries(),
                tally.violations(),
                tally.longestNs() / 1e6);
        out.flush();
        return tally.violations() == 0 ? CLEAN : VIOLATED;
    }

    private static void watch(final TortureSubject subject, final TortureTally tally, final long seed) {
        final Random random = new Random(seed);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                subject.outside(random);
                TimeUnit.MILLISECONDS.sleep(1 + random.nextInt(9));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // the run is over
        } catch (final Exception e) {
            e.printStackTrace();
            tally.violation("the witness failed: " + e);
        }
    }

    private static void verify(final TortureSubject subject, final TortureTally tally) throws InterruptedException {
        try {
            subject.verify();
        } catch (final InterruptedException e) {
            throw e;
        } catch (final Exception e) {
            e.printStackTrace();
            tally.violation("the last look failed: " + e);
        }
    }
}
