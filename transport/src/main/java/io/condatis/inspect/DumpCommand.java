package io.condatis.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code condatis dump}: what is in one thing. */
@Command(
        name = "condatis dump",
        description = "Shows what is in shared objects, a list, a block or a manager: values, who holds which lock, who"
                + " waits, what was recovered.",
        sortOptions = false,
        footer = {
            "",
            "A thread has the number that Condatis gives the threads of a process in the order in which they first lock."
                    + " Structures are shown as bytes: their fields are known to the class only."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:it is stale or damaged, or the dead hold something in it",
            "2:the command line is wrong",
            "3:nothing has that name",
            "4:the directory could not be read"
        })
public final class DumpCommand implements Callable<Integer> {
    private static final double MOST_SECONDS = 3_600;

    @Mixin
    private CommonOptions options;

    @Parameters(paramLabel = "NAME", description = "As 'condatis ls' shows it.")
    private String name;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "Looks for so long first, so as to say for how long locks were seen held; default none.")
    private double watchSeconds;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Most items of a list, bytes of a block; default ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--connect",
            description =
                    "For a manager: becomes its client for a moment, to ask what objects it holds. Nothing else can"
                            + " tell, but it takes a place and a little of the server's time.")
    private boolean connect;

    /** A command to be filled in by picocli. */
    public DumpCommand() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param args command line
     */
    public static void main(final String[] args) {
        System.exit(CommonOptions.commandLine(new DumpCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(watchSeconds >= 0 && watchSeconds <= MOST_SECONDS)) {
            throw options.usage("--watch must be from 0 to " + (int) MOST_SECONDS + " seconds, not " + watchSeconds);
        }
        if (limit < 0) {
            throw options.usage("--limit must be 0 or more, not " + limit);
        }
        return options.run(this::dump);
    }

    private int dump() throws IOException, InterruptedException {
        final List<Resource> named = Inventory.take().stream()
                .filter(resource -> resource.name().equals(name))
                .toList();
        if (named.isEmpty()) {
            options.err()
                    .println(
                            "condatis: nothing here is named '" + Text.clean(name) + "'; 'condatis ls' lists what is.");
            return ExitCode.MISSING;
        }
        boolean finding = false;
        final List<Map<String, Object>> contents = new ArrayList<>();
        for (final Resource resource : named) {
            final Dump dump = new Dump(resource, limit, connect);
            contents.add(dump.take((long) (watchSeconds * 1e9)));
            finding |= resource.isFinding() || dump.hasFinding();
        }
        if (options.isJson()) {
            options.printJson(Map.of("found", contents));
        } else {
            contents.forEach(content -> DumpText.lines(content).forEach(options.out()::println));
        }
        return finding ? ExitCode.FINDINGS : ExitCode.FINE;
    }
}
