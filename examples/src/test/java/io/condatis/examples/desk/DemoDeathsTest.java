package io.condatis.examples.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.LeakCheck;
import io.condatis.testing.Orphans;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends processes of a running demo from outside; whatever ends, all of it ends, and says why in one line. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
final class DemoDeathsTest {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(5);

    private ForkedJvm demo;
    private List<ProcessHandle> family;

    @BeforeEach
    void startDemo() {
        demo = ForkedJvm.start(Demo.class, "--rate", "1000");
        Await.until("the desk is at work", START, () -> demo.lines().stream()
                .anyMatch(line -> line.matches("[1-9][0-9,]* of 200,000 trades.*")));
        family = Stream.of("manager desk-" + demo.pid(), "feed", "worker-1", "worker-2")
                .map(this::find)
                .toList();
    }

    @AfterEach
    void killDemo() {
        demo.close();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldExit130WhenInterrupted() {
        demo.signal("INT");

        assertEnds(130);
        assertEquals(List.of(), demo.errorLines(), demo.output());
    }

    @Test
    void shouldExit130WhenTheTerminalInterruptsAllProcessesAtOnce() throws IOException, InterruptedException {
        final String pids = LongStream.concat(
                        LongStream.of(demo.pid()), family.stream().mapToLong(ProcessHandle::pid))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
        // Its exit code tells nothing: the first ones to be told may have ended the last ones by then.
        new ProcessBuilder("sh", "-c", "kill -INT " + pids).start().waitFor();

        assertEnds(130);
        assertEquals(List.of(), demo.errorLines(), demo.output());
    }

    @Test
    void shouldTakeAllProcessesWithItWhenCoordinatorIsKilled() {
        demo.kill();

        assertFamilyEnds();
    }

    @Test
    void shouldNameTheManagerInOneLineWhenItsServerIsKilled() {
        find("manager desk-" + demo.pid()).destroyForcibly();

        assertEnds(1);
        assertEquals(1, demo.errorLines().size(), demo.output());
        assertTrue(demo.errorLines().get(0).contains("desk-" + demo.pid()), demo.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed", "worker-2"})
    void shouldNameTheProcessWhenItIsKilledByAStranger(final String name) {
        final ProcessHandle victim = find(name);
        victim.destroyForcibly();

        assertEnds(1);
        assertEquals(
                List.of("condatis demo: " + name + " (pid " + victim.pid()
                        + ") was killed by signal 9, which nobody asked for"),
                demo.errorLines());
    }

    /** The demo prints who is who when it starts. */
    private ProcessHandle find(final String name) {
        final Matcher who = Pattern.compile(name + " \\(pid (\\d+)\\)").matcher(String.join("\n", demo.lines()));
        assertTrue(who.find(), demo.output());
        return ProcessHandle.of(Long.parseLong(who.group(1))).orElseThrow();
    }

    private void assertEnds(final int exitCode) {
        assertEquals(exitCode, demo.exitCode(END), demo.output());
        assertFamilyEnds();
    }

    private void assertFamilyEnds() {
        Await.until("every process of the demo has ended", END, () -> family.stream()
                .noneMatch(process -> Orphans.runs(process.pid())));
    }
}
