package io.condatis.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does before it builds anything; the programs themselves are run by the check of a clean clone. */
@Timeout(30)
class LauncherTest {
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    private Path directory;

    @Test
    void shouldListTheCommandsWhenAskedForHelp() throws Exception {
        final Result result = run(launcher(), JAVA_HOME, "--help");
        assertEquals(0, result.exitCode(), result.text());
        assertTrue(result.text().contains("\n  demo "), result.text());
        assertTrue(result.text().contains("\n  example "), result.text());
        assertTrue(result.text().contains("\n  perf "), result.text());
    }

    @Test
    void shouldEndWithTwoAndTheUsageWhenTheCommandIsMissingOrUnknown() throws Exception {
        for (final List<String> args :
                List.of(List.<String>of(), List.of("nope"), List.of("d.mo"), List.of("--nope"))) {
            final Result result = run(launcher(), JAVA_HOME, args.toArray(String[]::new));
            assertEquals(2, result.exitCode(), result.text());
            assertTrue(result.text().contains("Usage: condatis COMMAND"), result.text());
        }
        assertTrue(run(launcher(), JAVA_HOME, "nope").text().startsWith("condatis: there is no command 'nope'\n"));
    }

    @Test
    void shouldWorkThroughARelativeLinkFromAnotherDirectory() throws Exception {
        final Path first = Files.createSymbolicLink(directory.resolve("first"), launcher());
        final Path second = Files.createSymbolicLink(directory.resolve("second"), first.getFileName());
        final Result result = run(second, "/no/such/java", "demo");
        // Before JUnit does, which warns about links that lead outside.
        Files.delete(first);
        assertEquals(1, result.exitCode(), result.text());
        assertTrue(
                result.text().startsWith("condatis: JAVA_HOME is '/no/such/java', but there is no executable bin/java"),
                result.text());
    }

    @Test
    void shouldNameTheVersionOfAJavaThatIsTooOld() throws Exception {
        final Path java = directory.resolve("bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\nexit 99\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        final Result result = run(launcher(), directory.toString(), "demo");
        assertEquals(1, result.exitCode(), result.text());
        assertTrue(result.text().contains("is Java 8, but Condatis needs 17 or later"), result.text());
    }

    private Result run(final Path command, final String javaHome, final String... args)
            throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(args));
        final ProcessBuilder builder = new ProcessBuilder(line);
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", javaHome);
        final Process process = builder.start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }

    private static Path launcher() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(root.resolve("condatis"))) {
            root = root.getParent();
        }
        return root.resolve("condatis");
    }

    private record Result(int exitCode, String text) {}
}
