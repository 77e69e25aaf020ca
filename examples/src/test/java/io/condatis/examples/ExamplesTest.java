package io.condatis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each example prints what the program prints that it is a port of, and leaves nothing behind. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
final class ExamplesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final Path SOURCES = Path.of("src/main/java/io/condatis/examples");
    private static final int MAX_LINES = 80;

    @Test
    void shouldPrintTheSquaresTheTextAndThePointsWhenSharedCtypesRuns() {
        assertEquals(
                List.of(
                        "49",
                        "0.1111111111111111",
                        "HELLO WORLD",
                        "[(3.515625, 39.0625), (33.0625, 4.0), (5.640625, 90.25)]"),
                run("shared-ctypes"));
    }

    @Test
    void shouldLoseNoIncrementWhenCounterAndSquaresRuns() {
        assertEquals(
                List.of("Final counter value: 200000", "Squared array: [1.0, 4.0, 9.0, 16.0]"),
                run("counter-and-squares"));
    }

    @Test
    void shouldHoldWhatEachChildAppendedWhenManagerListRuns() {
        final List<String> lines = run("manager-list");
        assertEquals(1, lines.size(), lines::toString);
        assertEquals(Set.of("0", "10", "20", "30", "40"), itemsOf(lines.get(0), "Final shared list: [", "]"));
    }

    @Test
    void shouldHoldWhatEachChildPutWhenBasicManagerRuns() {
        final List<String> lines = run("basic-manager");
        assertEquals(5, lines.size(), lines::toString);
        assertEquals(ofEach(3, "Worker %d completed"), Set.copyOf(lines.subList(0, 3)));
        assertEquals(ofEach(3, "worker_%1$d=Hello from %1$d"), itemsOf(lines.get(3), "Final dict: {", "}"));
        assertEquals(ofEach(3, "Item from worker %d"), itemsOf(lines.get(4), "Final list: [", "]"));
    }

    @Test
    void shouldCountEveryChildAndListAllAttributesWhenNamespaceRuns() {
        final List<String> lines = run("namespace");
        assertEquals(8, lines.size(), lines::toString);
        assertEquals("Counter: 4", lines.get(0));
        assertEquals(ofEach(4, "Message from worker %d"), itemsOf(lines.get(1), "Messages: [", "]"));
        assertEquals("counter: 4", lines.get(2));
        assertEquals(lines.get(1).toLowerCase(Locale.ROOT), lines.get(3).toLowerCase(Locale.ROOT));
        assertEquals(ofEach(4, "worker_%d_status: completed"), Set.copyOf(lines.subList(4, 8)));
    }

    @Test
    void shouldSeeWhatPythonWroteWhenSharedMemoryRuns() {
        assumeTrue(isOnThePath("python3"), "python3 is not on the path");
        assertEquals(
                List.of(
                        "Original array: [1 2 3 4 5]",
                        "Worker modified array: [11 12 13 14 15]",
                        "Array after worker: [11 12 13 14 15]"),
                run("shared-memory"));
    }

    @Test
    void shouldHaveBothAdditionsInEveryItemWhenShareableListRuns() {
        final List<String> lines = run("shareable-list");
        assertEquals(8, lines.size(), lines::toString);
        assertEquals("Initial list: [1, 2, 3, 4, 5]", lines.get(0));
        assertTrue(lines.containsAll(List.of("Worker 1 processed list", "Worker 2 processed list")), lines::toString);
        assertEquals(2, Collections.frequency(lines, "List length: 5"), lines::toString);
        // Whoever is last sees it all; the other one sees its own additions at least.
        final List<String> copies =
                lines.stream().filter(line -> line.startsWith("Copy of list: ")).toList();
        assertEquals(2, copies.size(), lines::toString);
        assertTrue(copies.contains("Copy of list: [31, 32, 33, 34, 35]"), lines::toString);
        assertEquals("Final list: [31, 32, 33, 34, 35]", lines.get(7));
    }

    @Test
    void shouldHaveBothChangesWhenTypedValuesRuns() {
        assertEquals(
                List.of(
                        "Initial value: 5",
                        "Initial array: [1.0, 2.0, 3.0, 4.0]",
                        "Final value: 25",
                        "Final array: [4.0, 8.0, 12.0, 16.0]"),
                run("typed-values"));
    }

    @Test
    void shouldLoseNothingUnderTheManualLockWhenRawObjectsRuns() {
        final List<String> expected = new ArrayList<>(List.of("Initial value: 0", "Initial array: [0, 0, 0]"));
        for (int worker = 0; worker < 3; worker++) {
            expected.addAll(Collections.nCopies(5, "Worker " + worker + " iteration completed"));
        }
        expected.addAll(List.of("Final value: 15", "Final array: [15, 15, 15]"));

        final List<String> lines = new ArrayList<>(run("raw-objects"));
        Collections.sort(lines.subList(2, Math.max(2, lines.size() - 2)));
        assertEquals(expected, lines);
    }

    @Test
    void shouldShowTheMonitorsLastLookAndTheTotalsWhenNestedStructuresRuns() {
        final List<String> lines = run("nested-structures");
        final int results = lines.indexOf("Final results:");
        assertTrue(results >= 2, lines::toString);
        lines.subList(0, results - 1)
                .forEach(line -> assertTrue(
                        line.matches("Time: [0-9]+\\.[0-9]s, Processed: (0|3|6|9), Active: [0-3]"), lines::toString));
        assertTrue(lines.get(results - 2).endsWith(", Processed: 9, Active: 3"), lines::toString);
        assertEquals("Total items processed: 9", lines.get(results + 1));
        assertEquals(
                Set.of("0=true", "1=true", "2=true"),
                itemsOf(lines.get(results + 2), "Statistics: {total_processed=9, processors={", "}}"));
    }

    @Test
    void shouldCountExactlyBothWaysWhenPerformanceRuns() {
        final List<String> lines = run("performance").stream()
                .map(line -> line.replaceFirst("[0-9]+\\.[0-9]{3} seconds", "T seconds"))
                .toList();
        assertEquals(
                List.of(
                        "Testing synchronized Value...",
                        "synchronized test completed in T seconds",
                        "Synchronized final value: 10000",
                        "",
                        "Testing raw Value with manual lock...",
                        "raw test completed in T seconds",
                        "Raw final value: 10000"),
                lines);
    }

    @Test
    void shouldListWhatThisTestRunsWhenThereIsNoName() throws IOException {
        final String here = Files.readString(Path.of("src/test/java/io/condatis/examples/ExamplesTest.java"));
        final List<String> names = run().stream()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split(" ")[0])
                .filter(name -> !name.equals("hello")) // HelloTest
                .toList();
        assertEquals(11, names.size(), names::toString);
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> !here.contains("run(\"" + name + "\")"))
                        .toList());
    }

    @Test
    void shouldEndWithTwoAndTheListWhenThereIsNoSuchExample() {
        try (ForkedJvm jvm = ForkedJvm.start(Examples.class, "nope")) {
            assertEquals(2, jvm.exitCode(DEADLINE), jvm.output());
            assertEquals(
                    "condatis example: there is no example 'nope'",
                    jvm.errorLines().get(0));
            assertTrue(jvm.output().contains("shared-ctypes"), jvm.output());
        }
    }

    @Test
    void shouldBeShortEnoughToReadAtOnceWhenItIsAnExample() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertTrue(Files.readAllLines(file).size() < MAX_LINES, file::toString);
            }
        }
    }

    /** What an example prints; it must end with 0 and print nothing on the standard error, no warning of the JVM either. */
    private static List<String> run(final String... name) {
        try (ForkedJvm jvm = ForkedJvm.start(Examples.class, name)) {
            assertEquals(0, jvm.exitCode(DEADLINE), jvm.output());
            assertEquals(List.of(), jvm.errorLines(), jvm.output());
            return jvm.lines();
        }
    }

    private static Set<String> ofEach(final int count, final String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, format, i))
                .collect(Collectors.toSet());
    }

    private static Set<String> itemsOf(final String line, final String prefix, final String suffix) {
        assertTrue(line.startsWith(prefix) && line.endsWith(suffix), line);
        final List<String> items = Arrays.asList(
                line.substring(prefix.length(), line.length() - suffix.length()).split(", "));
        assertEquals(items.size(), Set.copyOf(items).size(), line);
        return Set.copyOf(items);
    }

    private static boolean isOnThePath(final String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
