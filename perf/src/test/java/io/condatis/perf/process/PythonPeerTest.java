package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Report;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import io.condatis.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class PythonPeerTest {
    private static final String MS = "10";
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "values, RawValue get",
        "values, Value with get_lock() +=",
        "arrays, Array set",
        "arrays, Structure field get",
        "lists, ShareableList set",
        "lock, contended sections"
    })
    void shouldMeasureInEachTrial(final String suite, final String name) throws IOException, InterruptedException {
        final PythonPeer peer = new PythonPeer(suite, suite + ".py", run());

        peer.trial(MS, MS);
        peer.trial(MS, MS);

        final Figure figure = peer.figure(name, "ns/op");
        assertEquals("CPython " + name, figure.name());
        assertEquals(2, figure.trials().size());
        assertTrue(figure.least() > 0, figure.toString());
        final Section section = new Section(suite);
        peer.addTo(section, "ns/op");
        final String report = new Report(List.of(section)).text();
        assertTrue(report.contains(figure.name()) && report.contains(peer.version()), report);
        assertTrue(peer.version().matches("CPython 3\\.\\d+.*"), peer.version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Event", "Condition"})
    void shouldMeasureInTurnsWhenItIsTold(final String what) throws IOException, InterruptedException {
        final PythonPeer peer = new PythonPeer("events", "events.py", run());
        try (PythonTurns turns = PythonTurns.start(peer.command(), what)) {
            turns.warmUp(TURN_NS);
            turns.record(TURN_NS);
            turns.record(TURN_NS);

            final TrialResult result = turns.result();
            assertTrue(result.histogram().getMinValue() > 0, result.toString());
            for (final double percentile : Latencies.HELD) {
                assertEquals(
                        2,
                        result.turns().get(TrialResult.percentile(percentile)).size());
            }
        }
    }

    @Test
    void shouldSayThatAScriptHasEndedThatWasToTakeTurns() throws IOException, InterruptedException {
        final PythonPeer peer = new PythonPeer("events", "events.py", run());
        try (PythonTurns turns = PythonTurns.start(peer.command(), "neither")) {
            assertThrows(UncheckedIOException.class, () -> turns.record(TURN_NS));
        }
    }

    @Test
    void shouldSayThatItIsMissingWhenThereIsNoInterpreter() throws IOException, InterruptedException {
        final PythonPeer peer = new PythonPeer("values", "values.py", run(), "python-that-is-not-there");

        peer.trial(MS);

        assertFalse(peer.isThere());
        final Section section = new Section("values");
        peer.addTo(section, "ns/op");
        final String report = new Report(List.of(section)).text();
        assertTrue(report.contains("CPython: NOT MEASURED, there is no python-that-is-not-there"), report);
        assertEquals("", progress.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldFailWhenTheScriptFails() throws InterruptedException {
        final PythonPeer peer = new PythonPeer("values", "values.py", run());

        final IOException failure = assertThrows(IOException.class, () -> peer.trial("not a number"));

        assertTrue(failure.getMessage().contains("values.py ended with exit code 1"), failure.getMessage());
        assertThrows(IllegalArgumentException.class, () -> peer.figure("RawValue get", "ns/op"));
    }

    @Test
    void shouldRefuseAScriptThatIsNotThere() throws InterruptedException {
        final PythonPeer peer = new PythonPeer("values", "missing.py", run());

        assertThrows(IllegalArgumentException.class, () -> peer.trial(MS));
    }

    private Run run() {
        return new Run(Scale.QUICK, directory, new PrintStream(progress, true, StandardCharsets.UTF_8));
    }
}
