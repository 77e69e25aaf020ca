package io.condatis.inspect;

import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.memory.Sweeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code condatis gc}: removes what the dead left behind. */
@Command(
        name = "condatis gc",
        description =
                "Removes what is proven dead: shared objects, managers, half-built blocks and liveness files none of"
                        + " whose kernel locks is held, and blocks and lists whose creator died and which it did not keep; who has"
                        + " one of those open goes on with it. Nothing else is touched.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing stale is left",
            "1:something stale is left, or would be removed (--dry-run)",
            "2:the command line is wrong",
            "4:the directory could not be read"
        })
public final class GcCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Says what would be removed, and removes nothing.")
    private boolean dryRun;

    /** A command to be filled in by picocli. */
    public GcCommand() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param args command line
     */
    public static void main(final String[] args) {
        System.exit(CommonOptions.commandLine(new GcCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(this::collect);
    }

    private int collect() throws IOException {
        final List<Resource> stale = Inventory.take().stream()
                .filter(resource -> resource.state() == State.STALE)
                .toList();
        final String failure = dryRun || stale.isEmpty() ? null : sweep();
        final List<Map<String, Object>> rows = stale.stream().map(this::row).toList();
        final boolean left = rows.stream().anyMatch(row -> !"removed".equals(row.get("outcome")));
        if (options.isJson()) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("dryRun", dryRun);
            map.put("stale", rows);
            map.put("failure", failure);
            options.printJson(map);
        } else {
            print(rows, failure);
        }
        return left || failure != null ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    /** By the product's own sweeps, which prove each death anew at the moment of removal. */
    private static String sweep() {
        try {
            Sweeper.sweep();
            ManagerDirectory.sweep();
            return null;
        } catch (final UncheckedIOException e) {
            return e.getMessage() + ": " + e.getCause().getMessage();
        }
    }

    private Map<String, Object> row(final Resource resource) {
        final boolean there = Files.exists(resource.path(), LinkOption.NOFOLLOW_LINKS);
        final Map<String, Object> row = resource.toMap();
        row.put("outcome", dryRun ? "would be removed" : there ? "left" : "removed");
        return row;
    }

    private void print(final List<Map<String, Object>> rows, final String failure) {
        if (rows.isEmpty()) {
            options.out().println("Nothing is stale.");
        }
        for (final Map<String, Object> row : rows) {
            options.out()
                    .println(Text.clean(row.get("outcome") + ": " + row.get("kind") + " '" + row.get("name") + "', "
                            + Text.bytes((Long) row.get("sizeBytes")) + ": " + row.get("note")));
        }
        if (failure != null) {
            options.out().println(Text.clean("failed: " + failure));
        }
    }
}
