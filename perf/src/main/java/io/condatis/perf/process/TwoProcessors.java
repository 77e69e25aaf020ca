package io.condatis.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps who asks on one processor and who answers on another, or beside it when both always sleep while the other works. The
 * scheduler has them on one or on two for as long as a turn, at speeds that are far apart, since what wakes an idle processor of a
 * virtual machine is the host. Looking again needs two; to sleep in turn is fastest on one.
 */
final class TwoProcessors {
    private static final String COMMAND = "taskset";
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final int NEEDED = 2;

    private TwoProcessors() {}

    /** {@return what a report has to say of it} */
    static String note() throws IOException, InterruptedException {
        final List<Integer> processors = allowed();
        if (processors.size() < NEEDED) {
            return "who asks and who answers share the only processor";
        }
        return isPossible(processors)
                ? "while they take turns, who asks is kept on processor " + processors.get(0) + ", who answers on "
                        + processors.get(1) + ", or beside it when both only ever sleep (sockets, Redis, CPython)"
                : "who asks and who answers are where the scheduler puts them: there is no " + COMMAND
                        + " on the path, or it may not move them";
    }

    /**
     * Moves this process, and all that it has started so far, if it can. What they start later follows them.
     *
     * @param beside stay with this process, with all that they have started
     */
    static void spread(final Set<ProcessHandle> beside) throws IOException, InterruptedException {
        final List<Integer> processors = allowed();
        if (!isPossible(processors)) {
            return;
        }
        final ProcessHandle self = ProcessHandle.current();
        final List<ProcessHandle> children = self.children().toList(); // before there are commands among them
        for (final ProcessHandle child : children) {
            final int processor = processors.get(beside.contains(child) ? 0 : 1);
            for (final ProcessHandle process :
                    Stream.concat(Stream.of(child), child.descendants()).toList()) {
                keep(process, processor);
            }
        }
        keep(self, processors.get(0));
    }

    private static boolean isPossible(final List<Integer> processors) throws IOException, InterruptedException {
        return processors.size() >= NEEDED
                && OnPath.has(COMMAND)
                && run(COMMAND, "-c", processors.get(1).toString(), "true") == 0;
    }

    private static void keep(final ProcessHandle process, final int processor)
            throws IOException, InterruptedException {
        if (run(COMMAND, "-acp", Integer.toString(processor), Long.toString(process.pid())) != 0 && process.isAlive()) {
            throw new IOException(COMMAND + " could not move process " + process.pid() + " to processor " + processor);
        }
    }

    private static int run(final String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** {@return the processors that this process may run on} */
    static List<Integer> allowed() throws IOException {
        return allowed(Path.of("/proc/self/status"));
    }

    static List<Integer> allowed(final Path status) throws IOException {
        try (Stream<String> lines = Files.lines(status)) {
            return parse(lines.filter(line -> line.startsWith(ALLOWED))
                    .map(line -> line.substring(ALLOWED.length()).strip())
                    .collect(Collectors.joining()));
        }
    }

    /** {@return the numbers of a list such as {@code 0-3,6}} */
    static List<Integer> parse(final String list) {
        final List<Integer> numbers = new ArrayList<>();
        for (final String range : list.split(",")) {
            final String[] ends = range.split("-");
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }
}
