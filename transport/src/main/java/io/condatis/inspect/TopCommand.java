package io.condatis.inspect;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code condatis top}: what is going on, again and again. */
@Command(
        name = "condatis top",
        description =
                "Shows who uses what, who holds and waits for which lock, and what goes through managers, until q,"
                        + " Ctrl-C or the end of the input.",
        sortOptions = false,
        footer = {
            "",
            "HELD: for how long the same thread was seen to hold it, since top began. WAITS: how often somebody slept for it;"
                    + " REC: how often it was taken over from the dead; ! = a dead process has it, or nobody has repaired"
                    + " what it left. REQ: requests to a manager; OUT: bytes from it; UNREAD: bytes on the way to it, and from it;"
                    + " WAIT: requests that wait. IN HAND: taken and not done; TAKERS, PUTTERS: those that wait for an item or"
                    + " for room; LAG: how long the consumers need for all of it at their present pace."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended as asked",
            "1:with --once: something is stale or damaged",
            "2:the command line is wrong",
            "4:the directory could not be read"
        })
public final class TopCommand implements Callable<Integer> {
    private static final double LEAST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 3_600;
    private static final double SECONDS_OF_ONCE = 0.25;
    private static final int DEFAULT_COLUMNS = 80;

    @Mixin
    private CommonOptions options;

    @Option(names = "--once", description = "One picture of a quarter of a second, or of --interval.")
    private boolean once;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Between two pictures; from 0.1, default 1.")
    private Double interval;

    private final Holds holds = new Holds();

    /** A command to be filled in by picocli. */
    public TopCommand() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param args command line
     */
    public static void main(final String[] args) {
        System.exit(CommonOptions.commandLine(new TopCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (interval != null && !(interval >= LEAST_SECONDS && interval <= MOST_SECONDS)) {
            throw options.usage("--interval must be from " + LEAST_SECONDS + " to " + (int) MOST_SECONDS
                    + " seconds, not " + interval);
        }
        return options.run(once ? this::showOnce : this::show);
    }

    private int showOnce() throws IOException, InterruptedException {
        final Sample first = Sample.take();
        new Frame(first, first, holds);
        TimeUnit.NANOSECONDS.sleep((long) ((interval == null ? SECONDS_OF_ONCE : interval) * 1e9));
        final Sample second = Sample.take();
        final Frame frame = new Frame(second, first, holds);
        if (options.isJson()) {
            options.printJson(frame.toMap());
        } else {
            frame.lines(DEFAULT_COLUMNS, Integer.MAX_VALUE).forEach(options.out()::println);
        }
        return second.resources().stream().anyMatch(Resource::isFinding) ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    private int show() throws IOException, InterruptedException {
        final long intervalNs = (long) ((interval == null ? 1 : interval) * 1e9);
        try (Terminal terminal = Terminal.open(options.out(), !options.isJson())) {
            Sample earlier = Sample.take();
            boolean ended = false;
            while (!ended) {
                final Sample now = Sample.take();
                final Frame frame = new Frame(now, earlier, holds);
                if (options.isJson()) {
                    options.printJson(frame.toMap());
                    options.out().flush();
                } else {
                    final int[] size = terminal.size();
                    terminal.show(frame.lines(size[0], terminal.isScreen() ? size[1] : Integer.MAX_VALUE), size[1]);
                }
                earlier = now;
                ended = terminal.awaitEnd(intervalNs);
            }
        }
        return ExitCode.FINE;
    }
}
