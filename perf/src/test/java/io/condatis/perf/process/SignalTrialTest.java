package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.process.Worker1;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The trials of the suites of events and of starts. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class SignalTrialTest {
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long DEADLINE_SECONDS = 45;

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureSignalsAndMessagesThereAndBackInTurns() throws IOException, InterruptedException {
        run(plan -> EventsSuite.measure(plan, List.of()));

        for (final String part : EventsSuite.PARTS) {
            assertMeasuredLatency(load(part));
        }
    }

    @Test
    void shouldMeasureSignalsAtAFixedRateFromWhenTheyWereDue() throws IOException, InterruptedException {
        run(Signals::runEventPaced);
        final TrialResult result = load();

        final long rounds = result.histogram().getTotalCount();
        assertTrue(rounds > 0 && rounds <= Math.ceil(SHORT_NS * 2e-6) + 1, result.toString());
    }

    @Test
    void shouldMeasureTheStartOfProcesses() throws IOException, InterruptedException {
        run(plan -> Starts.run(plan, 1));
        final TrialResult result = load();

        for (final Starts.Child child : Starts.Child.values()) {
            final double runs = result.number(child.untilItRuns());
            assertTrue(runs > 0 && runs < result.number(child.untilItEnded()), result.toString());
        }
    }

    private void run(final Worker1<TrialPlan> trial) throws IOException, InterruptedException {
        final Path file = directory.resolve("result");
        try (WorkerProcess worker = WorkerProcess.start(trial, new TrialPlan(SHORT_NS, SHORT_NS, file.toString()))) {
            assertTrue(worker.join(DEADLINE_SECONDS, TimeUnit.SECONDS), "the trial did not end");
            assertEquals(OptionalInt.of(0), worker.exitCode());
        }
    }

    private TrialResult load() throws IOException {
        return TrialResult.load(directory.resolve("result"));
    }

    private TrialResult load(final String part) throws IOException {
        return TrialResult.load(directory.resolve("result." + part));
    }

    private static void assertMeasuredLatency(final TrialResult result) {
        assertTrue(result.histogram().getTotalCount() > 0, result.toString());
        assertTrue(result.histogram().getMinValue() > 0, result.toString());
        assertTrue(result.number(RoundTrips.PER_SECOND) > 0, result.toString());
    }
}
