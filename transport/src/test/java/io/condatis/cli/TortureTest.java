package io.condatis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** A short run of each primitive; the seed is in the output of a failure. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
class TortureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StringWriter output = new StringWriter();

    @Test
    void shouldBeCleanAfterSomeSecondsOfEach() {
        final int exitCode = execute("--primitive", "all", "--parallel", "3", "--seconds", "3", "--processes", "3");
        assertEquals(0, exitCode, output::toString);
        final List<String> clean = output.toString()
                .lines()
                .filter(line -> line.contains(" 0 violations"))
                .toList();
        assertEquals(TorturePrimitive.values().length, clean.size(), output::toString);
    }

    @Test
    void shouldTortureSeveralBesideEachOtherAndSumUp() {
        final int exitCode = execute(
                "--primitive",
                "event,lock,EVENT",
                "--parallel",
                "2",
                "--seconds",
                "1",
                "--processes",
                "2",
                "--seed",
                "7");
        assertEquals(0, exitCode, output::toString);
        final List<String> rows =
                output.toString().lines().filter(line -> line.startsWith("|")).toList();
        assertEquals(4, rows.size(), output::toString);
        assertTrue(rows.get(2).startsWith("| lock "), output::toString);
        assertTrue(rows.get(3).startsWith("| event "), output::toString);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameInItsHelp(final TorturePrimitive primitive) {
        assertEquals(0, execute("--help"));
        assertTrue(output.toString().replaceAll("\\s+", " ").contains(" " + primitive + ","), output::toString);
    }

    @Test
    void shouldKnowAllByOneName() {
        assertEquals(List.of(TorturePrimitive.values()), TorturePrimitive.named(List.of("doorbell", "all")));
    }

    @RepeatedTest(3)
    void shouldEndAtOnceAndCallNothingAViolationWhenItIsInterrupted() {
        try (ForkedJvm torture = ForkedJvm.start(Torture.class, "--primitive", "lock,event", "--parallel", "2")) {
            torture.awaitLine("torture event: ", PATIENCE);
            Await.until(
                    "victims are at work",
                    PATIENCE,
                    () -> torture.process().descendants().count() > 4);

            torture.signal("INT");

            assertEquals(130, torture.exitCode(PATIENCE), torture.output());
            assertEquals(List.of(), torture.errorLines(), torture.output());
        }
    }

    @Test
    void shouldShowResultsAsATable() {
        final TortureResult result = new TortureResult(TorturePrimitive.BARRIER, 1, 2, 3_000, 4, 0, 5_250_000);
        assertEquals(
                List.of(
                        "| primitive |  kills |  stops |    operations | recoveries | violations | longest wait |",
                        "|---|---|---|---|---|---|---|",
                        "| barrier   |      1 |      2 |         3,000 |          4 |          0 |       5.3 ms |"),
                TortureResult.table(List.of(result)).lines().toList());
    }

    @Test
    void shouldSayWhichPrimitivesThereAre() {
        assertEquals(2, execute("--primitive", "lock,rope"));
        assertTrue(output.toString().contains("There is no primitive 'rope'; there are: lock, "), output::toString);
    }

    @Test
    void shouldRefuseADirectoryWithoutJava() {
        assertEquals(2, execute("--primitive", "lock", "--java-home", "/tmp"));
        assertTrue(output.toString().contains("there is no Java from 17 on in /tmp"), output::toString);
    }

    @Test
    void shouldRefuseACommandLineThatMakesNoSense() {
        assertEquals(2, execute("--primitive", "rope"));
        assertEquals(2, execute("--primitive", "lock", "--processes", "1000"));
        assertEquals(2, execute("--primitive", "lock", "--seconds", "0"));
        assertEquals(2, execute("--primitive", "lock", "--parallel", "0"));
        assertEquals(2, execute("--primitive", "lock", "--seed", "7th"));
    }

    private int execute(final String... args) {
        final CommandLine command = Torture.commandLine();
        command.setOut(new PrintWriter(output, true));
        command.setErr(new PrintWriter(output, true));
        return command.execute(args);
    }
}
