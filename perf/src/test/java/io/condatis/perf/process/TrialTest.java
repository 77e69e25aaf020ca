package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.process.Worker1;
import io.condatis.process.WorkerOptions;
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

@ExtendWith(LeakCheck.class)
@Timeout(60)
class TrialTest {
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long DEADLINE_SECONDS = 45;

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureTheCallsOfOneClientInTurnsWithABarePingPong() throws IOException, InterruptedException {
        run(ManagerClients::runOne);

        assertMeasuredLatency(part(ManagerClients.PING_PONG));
        assertMeasuredLatency(part(ManagerClients.PING_PONG_SPIN));
        for (final ManagerCall call : ManagerClients.calls(1)) {
            assertMeasuredLatency(part(call.fileName()));
        }
    }

    @Test
    void shouldAddUpWhatFourClientsMeasure() throws IOException, InterruptedException {
        run(ManagerClients::runCrowd);

        assertMeasuredLatency(part(ManagerClients.PING_PONG));
        assertIsSum(ManagerClients.PING_PONG);
        for (final ManagerCall call : ManagerClients.calls(Crowd.SIZE)) {
            assertMeasuredLatency(part(call.fileName()));
            assertIsSum(call.fileName());
            assertTrue(part(call.fileName() + ManagerClients.PACED).histogram().getTotalCount() > 0);
        }
    }

    @Test
    void shouldMeasureAnIdleManager() throws IOException, InterruptedException {
        final TrialResult result = load(run(IdleSystem::run));

        assertTrue(result.histogram().getTotalCount() > 0, result.toString());
        assertTrue(result.number(IdleSystem.CPU_PERCENT) >= 0, result.toString());
    }

    @Test
    void shouldCountWhatACrowdAllocates() throws IOException, InterruptedException {
        final TrialResult result = load(run(QueueCrowd::runBytes));

        assertTrue(result.number(QueuePassage.PER_SECOND) > 0, result.toString());
        assertTrue(result.number(QueueCrowd.BYTES_PER_PUT) >= 0, result.toString());
        assertTrue(result.number(QueueCrowd.BYTES_PER_TAKE) >= 0, result.toString());
    }

    @Test
    void shouldMeasureAQueueBetweenTwoJvms() throws IOException, InterruptedException {
        final TrialResult result = load(run(QueuePassage::run));

        assertTrue(result.number(QueuePassage.PER_SECOND) > 0, result.toString());
        assertEquals(0, result.histogram().getTotalCount());
    }

    @Test
    void shouldMeasureABareStreamInTurns() throws IOException, InterruptedException {
        assertIsMeanOfTurns(load(run(RawStream::run)), QueuePassage.PER_SECOND);
    }

    @Test
    void shouldMeasureAPoolsTasksInTurnsWithAForkJoinPool() throws IOException, InterruptedException {
        final TrialResult result = load(run(PoolTasks::run));

        for (final String name : List.of(PoolTasks.CHUNK_1, PoolTasks.DEFAULT_CHUNK, PoolTasks.FORK_JOIN)) {
            assertIsMeanOfTurns(result, name);
        }
        assertTrue(result.number(PoolTasks.FIRST) > 0, result.toString());
    }

    @Test
    void shouldMeasureALockThatTwoJvmsWant() throws IOException, InterruptedException {
        final TrialResult result = load(run(Handoff::run));

        assertTrue(result.number(Handoff.UNCONTENDED) > 0, result.toString());
        assertTrue(result.number(Handoff.SECTIONS) > 0, result.toString());
        assertTrue(result.number(Handoff.LONGEST_WAIT) > 0, result.toString());
        final double share = result.number(Handoff.LARGER_SHARE);
        assertTrue(share >= 50 && share <= 100, result.toString());
    }

    @Test
    void shouldMeasureHowLongALockStaysWithADeadOwner() throws IOException, InterruptedException {
        final TrialResult result = load(run(plan -> Recovery.run(plan, 2)));

        assertEquals(2, result.histogram().getTotalCount());
        assertTrue(result.histogram().getMinValue() > 0, result.toString());
        assertTrue(result.number(Recovery.EXIT_MEDIAN) > 0, result.toString());
    }

    private Path run(final Worker1<TrialPlan> trial) throws IOException, InterruptedException {
        final Path file = directory.resolve("result");
        // No speed is judged here, and the better compiler would take half of the processor time.
        final WorkerOptions options = WorkerProcess.options().jvmOptions("-XX:TieredStopAtLevel=1");
        final TrialPlan plan = new TrialPlan(SHORT_NS, SHORT_NS, file.toString());
        try (WorkerProcess worker = WorkerProcess.start(options, trial, plan)) {
            assertTrue(worker.join(DEADLINE_SECONDS, TimeUnit.SECONDS), "the trial did not end");
            assertEquals(OptionalInt.of(0), worker.exitCode());
        }
        return file;
    }

    private static void assertIsMeanOfTurns(final TrialResult result, final String name) {
        final List<Double> turns = result.turns().get(name);
        assertTrue(turns.stream().allMatch(turn -> turn > 0), result.toString());
        final double mean = turns.stream().mapToDouble(turn -> turn).sum() / turns.size();
        assertEquals(mean, result.number(name), mean / 1_000);
    }

    private void assertIsSum(final String name) throws IOException {
        long calls = 0;
        double perSecond = 0;
        for (int i = 0; i < Crowd.SIZE; i++) {
            final TrialResult one = part(i + "." + name);
            calls += one.histogram().getTotalCount();
            perSecond += one.number(RoundTrips.PER_SECOND);
        }
        assertEquals(calls, part(name).histogram().getTotalCount());
        assertEquals(perSecond, part(name).number(RoundTrips.PER_SECOND), perSecond / 1_000);
    }

    private TrialResult part(final String name) throws IOException {
        return load(directory.resolve("result." + name));
    }

    private static TrialResult load(final Path file) throws IOException {
        return TrialResult.load(file);
    }

    private static void assertMeasuredLatency(final TrialResult result) {
        assertTrue(result.histogram().getTotalCount() > 0, result.toString());
        assertTrue(result.histogram().getMinValue() > 0, result.toString());
        assertTrue(result.number(RoundTrips.PER_SECOND) > 0, result.toString());
        for (final double percentile : Latencies.HELD) {
            assertTrue(result.turns().get(TrialResult.percentile(percentile)).get(0) > 0, result.toString());
        }
    }
}
