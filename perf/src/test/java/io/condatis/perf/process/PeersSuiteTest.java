package io.condatis.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.perf.report.Report;
import io.condatis.perf.suite.Peer;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Scale;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersSuiteTest {
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void shouldSayOfEachPeerHowItIsBuiltWhenItIsMissing() throws IOException, InterruptedException {
        final String report = report(EnumSet.of(Peer.CHRONICLE, Peer.JCTOOLS));

        assertTrue(
                report.contains(
                        "chronicle: NOT MEASURED, it is not built in; './condatis perf --peers chronicle' builds it"),
                report);
        assertTrue(report.contains("jctools: NOT MEASURED, it is not built in"), report);
        assertTrue(report.contains("hazelcast: not asked for; --peers all or --peers hazelcast"), report);
        assertEquals("", progress.toString(StandardCharsets.UTF_8));
    }

    @Test
    void shouldGiveAPeerItsLibrariesAndFlagsAlone() throws IOException {
        final PeerJars jars = new PeerJars(directory);
        assertFalse(jars.areBuilt());
        final Path jar = Files.createFile(directory.resolve("condatis-perf-peers-1.jar"));
        Files.createDirectory(directory.resolve("lib"));
        assertTrue(jars.areBuilt());

        final List<String> command = jars.command("Program", "get", List.of("java.base/java.io"));

        assertTrue(command.contains("--add-opens=java.base/java.io=ALL-UNNAMED"), command::toString);
        assertTrue(command.contains("--add-exports=java.base/java.io=ALL-UNNAMED"), command::toString);
        final String classPath = command.get(command.indexOf("-cp") + 1);
        assertTrue(classPath.startsWith(System.getProperty("java.class.path")), classPath);
        assertTrue(classPath.endsWith(jar + ":" + directory.resolve("lib") + "/*"), classPath);
        assertEquals(
                List.of("io.condatis.perf.peers.Program", "get"), command.subList(command.size() - 2, command.size()));
    }

    @Test
    void shouldTakeThePlanFromTheLastArgumentsOfAProgram() {
        final TrialPlan plan = new TrialPlan(1, 2, "file");
        assertEquals(plan, TrialPlan.of("get", "1", "2", "file"));
        assertEquals(List.of("1", "2", "file"), plan.arguments());
    }

    private String report(final Set<Peer> peers) throws IOException, InterruptedException {
        final PrintStream out = new PrintStream(progress, true, StandardCharsets.UTF_8);
        final Run run = new Run(Scale.QUICK, directory, out, peers, false);
        return new Report(List.of(new PeersSuite(new PeerJars(directory.resolve("missing"))).run(run))).text();
    }
}
