package io.condatis.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ArchitectureTest {
    @TempDir
    private Path modules;

    @Test
    void shouldHaveOnlyTheArrowsOfTheTable() {
        final ImportGraph graph = ImportGraph.ofModulesIn(root());
        assertTrue(graph.imports().containsKey("io.condatis.error"), "no sources found in " + root());
        assertEquals(List.of(), Arrows.violations(graph));
    }

    @Test
    void shouldHaveNoCycles() {
        assertEquals(List.of(), ImportGraph.ofModulesIn(root()).cycle());
    }

    @Test
    void shouldReportAPackageThatIsNotListed() throws IOException {
        write("toolkit", "io.condatis.sync.deep", "java.util.List");
        assertEquals(List.of("io.condatis.sync.deep is not listed"), violations());
    }

    @Test
    void shouldReportAnArrowThatIsNotListed() throws IOException {
        write("toolkit", "io.condatis.sync", "io.condatis.value.LongValue");
        write("transport", "io.condatis.internal.store", "io.condatis.internal.protocol.Framing");
        write("transport", "io.condatis.internal.client", "static io.condatis.internal.protocol.sbe.HelloEncoder.ID");
        assertEquals(
                List.of(
                        "io.condatis.internal.store may not import io.condatis.internal.protocol.Framing",
                        "io.condatis.sync may not import io.condatis.value.LongValue"),
                violations());
    }

    @Test
    void shouldReportAnExampleThatImportsInternals() throws IOException {
        write("examples", "io.condatis.examples.desk", "io.condatis.internal.os.Futex");
        write("examples", "io.condatis.examples", "io.condatis.examples.desk.Demo");
        assertEquals(List.of("io.condatis.examples.desk may not import io.condatis.internal.os.Futex"), violations());
    }

    @Test
    void shouldReportALibraryThatALayerMayNotKnow() throws IOException {
        write("toolkit", "io.condatis.memory", "io.aeron.Aeron");
        write("transport", "io.condatis.internal.host", "io.aeron.Aeron");
        assertEquals(List.of("io.condatis.memory may not import io.aeron.Aeron"), violations());
    }

    @Test
    void shouldFindACycle() throws IOException {
        write("toolkit", "io.condatis.a", "io.condatis.b.B");
        write("toolkit", "io.condatis.b", "io.condatis.c.C.NESTED");
        write("toolkit", "io.condatis.c", "io.condatis.a.*");
        assertEquals(
                List.of("io.condatis.a", "io.condatis.b", "io.condatis.c"),
                ImportGraph.ofModulesIn(modules).cycle());
    }

    private List<String> violations() {
        return Arrows.violations(ImportGraph.ofModulesIn(modules));
    }

    private void write(final String module, final String packageName, final String imported) throws IOException {
        final Path directory = modules.resolve(module).resolve("src/main/java").resolve(packageName.replace('.', '/'));
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("Source.java"), "package " + packageName + ";\n\nimport " + imported + ";\n");
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
