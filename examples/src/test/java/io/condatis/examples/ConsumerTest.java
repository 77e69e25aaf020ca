package io.condatis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.condatis.testing.LeakCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else's project, {@code examples/consumer}, is built by Maven from what an installation leaves in a local
 * repository, and runs on the class path and on the module path. Nothing is written to the repository of the user, and
 * nothing is fetched: that repository stands in for the remote ones.
 */
@ExtendWith(LeakCheck.class)
final class ConsumerTest {
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern POM_OF_BOM =
            Pattern.compile("<artifactId>condatis-bom</artifactId>\\s*<version>([^<]+)</version>");
    private static final Path CONSUMER = Pages.ROOT.resolve("examples/consumer");
    private static final String SETTINGS =
            """
            <settings>
              <mirrors>
                <mirror><id>user</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
              </mirrors>
            </settings>
            """;

    @TempDir
    private Path directory;

    @Test
    @Timeout(300)
    void shouldRunOnTheClassPathAndOnTheModulePathWhenOnlyTheArtifactsAreThere() throws Exception {
        final Path jars = buildConsumer();

        final List<String> classPath = new ArrayList<>(openTo("ALL-UNNAMED", "ALL-UNNAMED"));
        classPath.addAll(List.of("-cp", jars + "/*", "org.example.consumer.Main"));
        assertEquals(
                List.of("counter=2, dict={visits=2}", "unnamed module"),
                java(classPath)
                        .lines()
                        .map(line -> line.replaceFirst(" @.*", ""))
                        .toList());

        final List<String> modulePath = new ArrayList<>(openTo("org.agrona", "io.condatis.toolkit"));
        modulePath.addAll(List.of("-p", jars.toString(), "-m", "org.example.consumer/org.example.consumer.Main"));
        assertEquals(
                List.of("counter=2, dict={visits=2}", "module org.example.consumer"),
                java(modulePath).lines().toList());
    }

    @Test
    void shouldNameTheVersionOfTheProjectWhenItIsTheBom() {
        final String version = firstOf(VERSION, Pages.ROOT.resolve("pom.xml"));
        assertEquals(version, firstOf(VERSION, Pages.ROOT.resolve("transport/bom/pom.xml")));
        assertEquals(version, firstOf(POM_OF_BOM, CONSUMER.resolve("pom.xml")));
        assertEquals(version, firstOf(POM_OF_BOM, Pages.ROOT.resolve("docs/guide/dependency.md")));
    }

    private Path buildConsumer() throws IOException, InterruptedException {
        final String users = System.getProperty("condatis.maven.repository", "");
        assumeTrue(Files.isDirectory(Path.of(users)), "not run by Maven");
        final Path local = directory.resolve("repository");
        install(local, "condatis-parent", Pages.ROOT.resolve("pom.xml"), null);
        install(local, "condatis-bom", Pages.ROOT.resolve("transport/bom/pom.xml"), null);
        for (final String module : List.of("toolkit", "transport")) {
            final Path target = Pages.ROOT.resolve(module).resolve("target");
            final Path jar = target.resolve("condatis-" + module + "-" + version() + ".jar");
            assumeTrue(Files.exists(jar), "there is no " + jar + ": run a phase of Maven from 'package' on");
            install(local, "condatis-" + module, Pages.ROOT.resolve(module).resolve("pom.xml"), jar);
        }
        final Path project = directory.resolve("consumer");
        copy(CONSUMER, project);
        final Path settings = directory.resolve("settings.xml");
        Files.writeString(settings, String.format(SETTINGS, Path.of(users).toUri()));
        final List<String> maven = new ArrayList<>(List.of("mvn", "-q", "-B", "-s", settings.toString()));
        maven.addAll(List.of(
                "-Dmaven.repo.local=" + local, "-f", project.resolve("pom.xml").toString()));
        maven.addAll(List.of("compiler:compile", "jar:jar", "dependency:copy-dependencies"));
        run(project, maven);
        final Path jars = project.resolve("target/lib");
        Files.copy(project.resolve("target/consumer-1.jar"), jars.resolve("consumer-1.jar"));
        return jars;
    }

    /** What {@code mvn install} leaves of an artifact. */
    private static void install(final Path repository, final String artifact, final Path pom, final Path jar)
            throws IOException {
        final Path place = repository.resolve("io/condatis").resolve(artifact).resolve(version());
        Files.createDirectories(place);
        Files.copy(pom, place.resolve(artifact + "-" + version() + ".pom"));
        if (jar != null) {
            Files.copy(jar, place.resolve(artifact + "-" + version() + ".jar"));
        }
    }

    private String java(final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(arguments);
        return run(directory, command);
    }

    /** As docs/guide/dependency.md tells. */
    private static List<String> openTo(final String agrona, final String toolkit) {
        final String open = "--add-opens=java.base/jdk.internal.misc=" + agrona;
        return Runtime.version().feature() < 22 ? List.of(open) : List.of(open, "--enable-native-access=" + toolkit);
    }

    private String run(final Path where, final List<String> command) throws IOException, InterruptedException {
        final Path output = Files.createTempFile(directory, "output", ".txt");
        final Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(140, TimeUnit.SECONDS), () -> command + "\n" + Pages.read(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> command + "\n" + Pages.read(output));
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final Path copy = to.resolve(from.relativize(file).toString());
                if (!from.relativize(file).startsWith("target")) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static String version() {
        return firstOf(VERSION, Pages.ROOT.resolve("pom.xml"));
    }

    private static String firstOf(final Pattern pattern, final Path file) {
        final Matcher matcher = pattern.matcher(Pages.read(file));
        assertTrue(matcher.find(), file::toString);
        return matcher.group(1);
    }
}
