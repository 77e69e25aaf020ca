package io.condatis.perf.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.perf.report.Figure;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import io.condatis.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.RunnerException;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class InterleavedForksTest {
    private static final int TRIALS = 2;

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureTimeAndAllocationInEachTrialOfWhatIsRepeated() throws RunnerException, IOException {
        final ByteArrayOutputStream progress = new ByteArrayOutputStream();
        final Run run = new Run(Scale.QUICK, directory, new PrintStream(progress, true, StandardCharsets.UTF_8));

        final JmhResults results = new InterleavedForks("locks", run, new ForkPlan(TRIALS, 1, 1, 10))
                .repeating("lockUnlock")
                .run(SharedLockBenchmark.class);

        final Figure time = results.time("lock", SharedLockBenchmark.class, "lockUnlock");
        assertEquals(TRIALS, time.trials().size());
        assertTrue(time.least() > 0, time.toString());
        assertEquals("ns/op", time.unit());
        final Figure allocation = results.allocation("lock", SharedLockBenchmark.class, "lockUnlock");
        assertEquals(TRIALS, allocation.trials().size());
        assertEquals(
                1,
                results.time("hold", SharedLockBenchmark.class, "hold").trials().size());
        assertEquals("locks: trial 1 of 2\nlocks: trial 2 of 2\n", progress.toString(StandardCharsets.UTF_8));
        final String json = Files.readString(directory.resolve("locks.json"));
        assertTrue(json.contains(SharedLockBenchmark.class.getName() + ".hold"), json);
        // Tests have directories on their class path, of which there is no archive: it was tried, and is done without.
        assertTrue(Files.exists(directory.resolve("forks.log")));
        assertEquals(Files.exists(directory.resolve("forks.jsa")), json.contains("-XX:SharedArchiveFile="), json);
        assertThrows(IllegalArgumentException.class, () -> results.time("?", SharedLockBenchmark.class, "missing"));
    }
}
