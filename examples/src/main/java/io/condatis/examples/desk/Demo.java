package io.condatis.examples.desk;

import io.condatis.examples.desk.book.Survey;
import io.condatis.examples.desk.market.CsvTrades;
import io.condatis.examples.desk.market.GeneratedTrades;
import io.condatis.examples.desk.market.TradeSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code condatis demo}: several processes work through a file of trades and agree with a single loop to the
 * last digit, even when some of them are killed on the way.
 */
@Command(
        name = "condatis demo",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Work through trades with several processes, kill some of them, and compare with a single loop.",
        footer = {
            "",
            "Exit codes: 0 all agrees; 1 a difference or a failure; 2 wrong option or input; 130 interrupted.",
        })
public final class Demo implements Callable<Integer> {
    private static final int MAX_WORKERS = 64;
    private static final int MAX_KILLS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this and exit.")
    private boolean help;

    @Option(
            names = "--trades",
            paramLabel = "FILE",
            description = "CSV with the columns symbol, side, price, amount and timestamp."
                    + " Without it 200,000 trades are generated.")
    private String file;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Worker JVMs, 1 to " + MAX_WORKERS + " (${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--kill",
            paramLabel = "K",
            defaultValue = "0",
            description = "Kill a worker with SIGKILL and replace it, K times: less than there are trades, " + MAX_KILLS
                    + " at most (${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What generated trades and kills depend on (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Trades put per second; 0 is as fast as possible (${DEFAULT-VALUE}).")
    private double ratePerSecond;

    @Option(names = "--generate", paramLabel = "COUNT", defaultValue = "200000", hidden = true)
    private int generated;

    private Demo() {}

    /**
     * Runs the command and ends this JVM with its exit code.
     *
     * @param args see {@code --help}
     */
    public static void main(final String[] args) {
        final CommandLine command = new CommandLine(new Demo());
        command.setExecutionExceptionHandler((failure, line, parsed) -> Failures.explain(failure, line.getErr()));
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        require(workers >= 1 && workers <= MAX_WORKERS, "--workers", "1 to " + MAX_WORKERS, workers);
        require(kills >= 0 && kills <= MAX_KILLS, "--kill", "0 to " + MAX_KILLS, kills);
        require(ratePerSecond >= 0 && ratePerSecond <= Integer.MAX_VALUE, "--rate", "0 or more", ratePerSecond);
        require(generated >= 1, "--generate", "1 or more", generated);
        final TradeSource source = file == null ? new GeneratedTrades(seed, generated) : new CsvTrades(file);
        final Survey survey = Survey.of(source);
        if (!survey.problems().isEmpty()) {
            survey.problems().forEach(spec.commandLine().getErr()::println);
            return ExitCode.BAD_INPUT;
        }
        require(kills < survey.layout().trades(), "--kill", "less than the number of trades", kills);
        final Order order = new Order(source, workers, kills, seed, ratePerSecond);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d trades, %d workers%n",
                source.describe(),
                survey.layout().trades(),
                workers);
        return Coordinator.run(order, survey.layout(), System.out);
    }

    private void require(final boolean holds, final String option, final String range, final Object value) {
        if (!holds) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '" + option + "': expected " + range + ", found " + value);
        }
    }
}
