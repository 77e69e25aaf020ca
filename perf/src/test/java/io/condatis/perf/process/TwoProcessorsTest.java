package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.process.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TwoProcessorsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadAListOfProcessors() {
        assertEquals(List.of(5), TwoProcessors.parse("5"));
        assertEquals(List.of(0, 1, 2, 3, 6, 8, 9), TwoProcessors.parse("0-3,6,8-9"));
    }

    @Test
    void shouldKeepWhoAnswersOnAnotherProcessorUnlessItIsToStayBesideWhoAsks() throws Exception {
        final List<Integer> processors = TwoProcessors.allowed();
        assumeTrue(TwoProcessors.note().contains("is kept on"), "one processor, or no taskset");
        final Path file = directory.resolve("processors");

        try (WorkerProcess asks = WorkerProcess.start(TwoProcessorsTest::spread, file.toString())) {
            asks.join();
        }

        assertEquals(
                List.of(processors.get(0), processors.get(0), processors.get(1)),
                Files.readAllLines(file).stream().map(Integer::valueOf).toList());
    }

    /** Leaves where all threads of itself are kept, of one that stays beside it, and of one that does not. */
    private static void spread(final String file) throws IOException, InterruptedException {
        final Process beside = new ProcessBuilder("sleep", "60").start();
        final Process apart = new ProcessBuilder("sleep", "60").start();
        try {
            TwoProcessors.spread(Set.of(beside.toHandle()));
            Files.write(
                    Path.of(file),
                    Stream.of(ProcessHandle.current(), beside.toHandle(), apart.toHandle())
                            .map(TwoProcessorsTest::processorOf)
                            .toList());
        } finally {
            beside.destroyForcibly();
            apart.destroyForcibly();
        }
    }

    private static String processorOf(final ProcessHandle process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            final List<List<Integer>> kept =
                    threads.flatMap(TwoProcessorsTest::allowed).distinct().toList();
            return kept.size() == 1 && kept.get(0).size() == 1
                    ? kept.get(0).get(0).toString()
                    : "-1";
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<List<Integer>> allowed(final Path thread) {
        try {
            return Stream.of(TwoProcessors.allowed(thread.resolve("status")));
        } catch (final IOException e) {
            if (Files.exists(thread)) {
                throw new UncheckedIOException(e);
            }
            return Stream.of(); // it has ended meanwhile
        }
    }
}
