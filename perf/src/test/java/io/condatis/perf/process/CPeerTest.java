package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.perf.report.Figure;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import io.condatis.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
@Timeout(60)
class CPeerTest {
    private static final String MS = "10";
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {Handoff.UNCONTENDED, Handoff.SECTIONS, Handoff.LARGER_SHARE, Handoff.LONGEST_WAIT})
    void shouldMeasureInEachTrial(final String quantity) throws IOException, InterruptedException {
        final CPeer peer = new CPeer("robust mutex", "handoff", "mutex.c", run());
        assumeTrue(peer.isThere(), "there is no gcc");

        peer.trial(MS, MS);
        peer.trial(MS, MS);

        final Figure figure = peer.figure(quantity, "any");
        assertEquals("robust mutex " + quantity, figure.name());
        assertEquals(2, figure.trials().size());
        assertTrue(figure.least() > 0, figure.toString());
        assertTrue(peer.version().startsWith("C: gcc"), peer.version());
    }

    @Test
    void shouldSayThatItIsMissingWhenThereIsNoCompiler() throws IOException, InterruptedException {
        final CPeer peer = new CPeer("robust mutex", "handoff", "mutex.c", run(), "compiler-that-is-not-there");

        peer.trial(MS, MS);

        assertFalse(peer.isThere());
        assertEquals("C: NOT MEASURED, there is no compiler-that-is-not-there on the path", peer.version());
        assertThrows(IllegalArgumentException.class, () -> peer.figure(Handoff.UNCONTENDED, "ns"));
        assertEquals("", progress.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldLeaveOutWhatIsNotAskedFor() throws IOException, InterruptedException {
        final Run without = new Run(Scale.QUICK, directory, new PrintStream(progress), Set.of(Peer.REDIS), false);
        final CPeer mutex = new CPeer("robust mutex", "handoff", "mutex.c", without);
        final PythonPeer python = new PythonPeer("handoff", "lock.py", without);

        mutex.trial(MS, MS);
        python.trial(MS, MS);

        assertFalse(mutex.isThere() || python.isThere());
        assertEquals("C: not asked for", mutex.version());
        assertEquals("CPython: not asked for", python.version());
        assertEquals("", progress.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldFailWhenTheProgramFails() throws InterruptedException {
        final CPeer peer = new CPeer("robust mutex", "handoff", "mutex.c", run());
        assumeTrue(peer.isThere(), "there is no gcc");

        final IOException failure = assertThrows(IOException.class, peer::trial);

        assertTrue(failure.getMessage().contains("mutex.c ended with exit code 2"), failure.getMessage());
    }

    private Run run() {
        return new Run(Scale.QUICK, directory, new PrintStream(progress, true, StandardCharsets.UTF_8));
    }
}
