package io.condatis.inspect;

import io.condatis.internal.os.SharedDirectory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code condatis ls}: what is in the shared directory. */
@Command(
        name = "condatis ls",
        description = "Lists shared objects, lists, blocks and managers of this user, and who uses them.",
        sortOptions = false,
        footer = {
            "",
            "States: live = used by living processes; idle = a block or list that nobody has open, kept until it is"
                    + " unlinked; stale = everybody who had it, or the creator of a block or list, is"
                    + " proven dead, 'condatis gc' removes it; damaged = its"
                    + " bytes are wrong or nobody can tell; foreign = not of Condatis."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is stale or damaged",
            "1:something is",
            "2:the command line is wrong",
            "4:the directory could not be read"
        })
public final class LsCommand implements Callable<Integer> {
    private static final int NAME_COLUMNS = 40;

    @Mixin
    private CommonOptions options;

    @Option(names = "--all", description = "Files in the directory that are not of Condatis, too.")
    private boolean all;

    /** A command to be filled in by picocli. */
    public LsCommand() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param args command line
     */
    public static void main(final String[] args) {
        System.exit(CommonOptions.commandLine(new LsCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        return options.run(this::list);
    }

    private int list() throws IOException {
        final List<Resource> resources = Inventory.take().stream()
                .filter(resource -> all || resource.state() != State.FOREIGN)
                .toList();
        if (options.isJson()) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("directory", SharedDirectory.path().toString());
            map.put("resources", resources.stream().map(Resource::toMap).toList());
            options.printJson(map);
        } else {
            print(resources);
        }
        return resources.stream().anyMatch(Resource::isFinding) ? ExitCode.FINDINGS : ExitCode.FINE;
    }

    private void print(final List<Resource> resources) {
        if (resources.isEmpty()) {
            options.out().println("Nothing of Condatis is in " + SharedDirectory.path() + ".");
            return;
        }
        final int columns = Math.min(
                NAME_COLUMNS,
                resources.stream().mapToInt(row -> Text.width(row.name())).max().orElse(0));
        final int nameColumns = Math.max(4, columns);
        options.out().println(Text.left("NAME", nameColumns) + "  KIND      SIZE  CREATOR  STATE    PROCESSES");
        for (final Resource row : resources) {
            final String processes =
                    row.processes().stream().map(String::valueOf).collect(Collectors.joining(" "));
            options.out()
                    .println((Text.left(row.name(), nameColumns)
                                    + "  " + Text.left(row.kind().toString(), 8)
                                    + Text.right(Text.bytes(row.sizeBytes()), 6)
                                    + Text.right(Text.pid(row.creatorPid()), 9)
                                    + "  " + Text.left(row.state().toString(), 9)
                                    + processes)
                            .stripTrailing());
        }
        resources.stream().filter(row -> row.note() != null).forEach(row -> options.out()
                .println(Text.clean(row.name() + ": " + row.note())));
    }
}
