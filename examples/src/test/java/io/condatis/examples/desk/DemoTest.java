package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the demo as a user does, as a process of its own. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
final class DemoTest {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String REAL_TOTALS = "buy 3465 trades, amount 62.83755914, notional 1619271.7303573449;"
            + " sell 2417, 148.43033391, 3824975.3356203353";

    @TempDir
    private Path folder;

    @Test
    void shouldAgreeWithTheSequentialLoopWhenTradesAreGenerated() {
        try (ForkedJvm demo = ForkedJvm.start(Demo.class, "--generate", "3000", "--rate", "20000")) {
            assertEquals(0, demo.exitCode(DEADLINE), demo.output());
            assertPrinted(demo, "recomputed sequentially: both sides, ");
            assertPrinted(demo, "3,000 trades in ");
            assertPrinted(demo, "microseconds from put to taskDone: 50 % ");
            assertEquals(List.of(), demo.errorLines(), demo.output());
        }
    }

    @Test
    void shouldPrintTheKnownTotalsWhenTradesAreTheRealOnes() {
        final String file = MarketFile.orSkip().toString();
        try (ForkedJvm demo = ForkedJvm.start(Demo.class, "--trades", file)) {
            assertEquals(0, demo.exitCode(DEADLINE), demo.output());
            assertEquals(1, demo.lines().stream().filter(REAL_TOTALS::equals).count(), demo.output());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldStayExactWhenWorkersAreKilled(final int seed) {
        try (ForkedJvm demo = ForkedJvm.start(
                Demo.class, "--generate", "3000", "--kill", "3", "--workers", "3", "--seed", String.valueOf(seed))) {
            assertEquals(0, demo.exitCode(DEADLINE), demo.output());
            assertPrinted(demo, "3 workers killed: ");
            assertPrinted(demo, "recomputed sequentially: both sides, ");
            assertEquals(List.of(), demo.errorLines(), demo.output());
        }
    }

    @Test
    void shouldReplaceTheOnlyWorkerWhenItIsKilled() {
        try (ForkedJvm demo =
                ForkedJvm.start(Demo.class, "--generate", "3", "--kill", "2", "--workers", "1", "--seed", "5")) {
            assertEquals(0, demo.exitCode(DEADLINE), demo.output());
            assertPrinted(demo, "2 workers killed: ");
        }
    }

    @Test
    void shouldExitTwoAndNameEachBadLineWhenFileIsBad() throws IOException {
        final Path file = Files.writeString(
                folder.resolve("trades.csv"),
                "symbol,side,price,amount,timestamp\n"
                        + "X,buy,1,1,2026-01-01T00:00:00Z\n"
                        + "X,bye,1,1,2026-01-01T00:00:00Z\n"
                        + "X\n");

        assertFails(
                2,
                List.of(file + ":3: expected side buy or sell, found 'bye'", file + ":4: expected 5 fields, found 1"),
                "--trades",
                file.toString());
    }

    @Test
    void shouldExitTwoAndNameTheFileWhenItIsMissing() {
        final String file = folder.resolve("missing.csv").toString();

        assertFails(2, List.of(file + ": expected a CSV file that can be read"), "--trades", file);
    }

    @Test
    void shouldExitTwoWhenFileIsCutShortWhileItIsRead() throws IOException {
        final Path file = folder.resolve("trades.csv");
        final String header = "symbol,side,price,amount,timestamp\n";
        Files.writeString(file, header + "X,buy,1,1,2026-01-01T00:00:00Z\n".repeat(20_000));
        try (ForkedJvm demo = ForkedJvm.start(Demo.class, "--trades", file.toString(), "--rate", "500")) {
            demo.awaitLine("of 20,000 trades", DEADLINE);

            Files.writeString(file, header);

            assertEquals(2, demo.exitCode(DEADLINE), demo.output());
            // The feed sees the end of the file, or half a line of what it has read ahead.
            assertTrue(demo.errorLines().get(0).startsWith("condatis demo: " + file + ":"), demo.output());
            assertTrue(demo.errorLines().get(0).contains(": expected "), demo.output());
            assertTrue(demo.errorLines().get(1).endsWith(" could not go on reading"), demo.output());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--wrong | Unknown option: '--wrong'",
                "--workers=0 | Invalid value for option '--workers': expected 1 to 64, found 0",
                "--workers=two | Invalid value for option '--workers': 'two' is not an int",
                "--kill=-1 | Invalid value for option '--kill': expected 0 to 1000, found -1",
                "--rate=-5 | Invalid value for option '--rate': expected 0 or more, found -5.0",
                "--rate=NaN | Invalid value for option '--rate': expected 0 or more, found NaN",
            })
    void shouldExitTwoWithUsageWhenOptionIsWrong(final String option, final String message) {
        try (ForkedJvm demo = ForkedJvm.start(Demo.class, option)) {
            assertEquals(2, demo.exitCode(DEADLINE), demo.output());
            assertEquals(message, demo.errorLines().get(0));
            assertTrue(demo.errorLines().stream().anyMatch(line -> line.startsWith("Usage: condatis demo")));
        }
    }

    @Test
    void shouldExitTwoWhenThereAreMoreKillsThanTrades() {
        try (ForkedJvm demo = ForkedJvm.start(Demo.class, "--generate", "5", "--kill", "5")) {
            assertEquals(2, demo.exitCode(DEADLINE), demo.output());
            assertEquals(
                    "Invalid value for option '--kill': expected less than the number of trades, found 5",
                    demo.errorLines().get(0));
        }
    }

    @Test
    void shouldPrintTheFlagToPasteWhenJvmWasStartedWithoutIt() {
        try (ForkedJvm demo = ForkedJvm.of(Demo.class)
                .withoutRequiredFlags()
                .args("--generate", "10")
                .start()) {
            assertEquals(1, demo.exitCode(DEADLINE), demo.output());
            assertEquals(1, demo.errorLines().size(), demo.output());
            assertTrue(
                    demo.errorLines().get(0).contains("--add-opens java.base/jdk.internal.misc=ALL-UNNAMED"),
                    demo.output());
        }
    }

    @Test
    void shouldListOptionsWhenAskedForHelp() {
        try (ForkedJvm demo = ForkedJvm.start(Demo.class, "--help")) {
            assertEquals(0, demo.exitCode(DEADLINE), demo.output());
            for (final String option : List.of("--trades", "--workers", "--kill", "--seed", "--rate")) {
                assertPrinted(demo, option);
            }
            assertFalse(demo.output().contains("--generate"));
        }
    }

    private static void assertFails(final int exitCode, final List<String> errors, final String... args) {
        try (ForkedJvm demo = ForkedJvm.start(Demo.class, args)) {
            assertEquals(exitCode, demo.exitCode(DEADLINE), demo.output());
            assertEquals(errors, demo.errorLines());
            assertEquals(List.of(), demo.lines());
        }
    }

    private static void assertPrinted(final ForkedJvm demo, final String text) {
        assertTrue(demo.lines().stream().anyMatch(line -> line.contains(text)), demo.output());
    }
}
