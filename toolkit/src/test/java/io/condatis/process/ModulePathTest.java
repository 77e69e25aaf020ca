package io.condatis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.condatis.modules.ModuleMain;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.ForkedJvmOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModulePathTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void shouldRunAWorkerOnTheModulePathOfItsParent() throws Exception {
        final ForkedJvmOptions options = program().args("hello").flags(opensTo("org.agrona"));
        try (ForkedJvm parent = options.start()) {
            assertEquals(0, parent.exitCode(DEADLINE), parent::output);
            assertEquals(List.of("hello user.program 8"), parent.lines());
        }
    }

    @Test
    void shouldNameTheFlagForTheModulePathWhenItIsMissing() throws Exception {
        try (ForkedJvm parent = program().args("hello").start()) {
            assertEquals(1, parent.exitCode(DEADLINE), parent::output);
            parent.awaitLine("--add-opens java.base/jdk.internal.misc=org.agrona.", DEADLINE);
        }
    }

    private ForkedJvmOptions program() throws Exception {
        final Path toolkit = jar("io.condatis.toolkit", classesOf(WorkerProcess.class), "io/condatis");
        final Path user = jar("user.program", classesOf(ModuleMain.class), "io/condatis/modules");
        final List<Path> path = List.of(toolkit, user, classesOf(DirectBuffer.class));
        return ForkedJvm.of(ModuleMain.class).withoutRequiredFlags().modulePath(path, "user.program");
    }

    private static String opensTo(final String module) {
        return "--add-opens=java.base/jdk.internal.misc=" + module;
    }

    private static Path classesOf(final Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private Path jar(final String module, final Path classes, final String below) throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", module);
        final Path jar = directory.resolve(module + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes.resolve(below))) {
            files.filter(Files::isRegularFile).forEach(file -> add(entries, classes, file));
        }
        return jar;
    }

    private static void add(final JarOutputStream entries, final Path root, final Path file) {
        try {
            entries.putNextEntry(new ZipEntry(root.relativize(file).toString()));
            Files.copy(file, entries);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
