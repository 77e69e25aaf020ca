package io.condatis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClassArchiveTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path directory;

    @Test
    void shouldBuildOnceUseItAndSayNothing() throws Exception {
        final String jars = jars();
        assertEquals(List.of("built true", "worker uses it true", "exit 0"), program(jars));
        final List<Path> archives = archives();
        assertEquals(1, archives.size(), archives::toString);
        final long built = archives.get(0).toFile().lastModified();
        assertEquals(
                List.of(
                        "built true",
                        "worker uses it false",
                        "NOTE: Picked up JDK_JAVA_OPTIONS: -Xshare:auto",
                        "worker uses it false",
                        "worker uses it true",
                        "exit 0"),
                program(jars, "grandchild off, other told of another archive"));
        assertEquals(archives, archives());
        assertEquals(built, archives.get(0).toFile().lastModified());
    }

    @Test
    void shouldDoWithoutWhereTheClassPathHasDirectories() throws Exception {
        assertEquals(
                List.of("built false", "worker uses it false", "exit 0"),
                program(System.getProperty("java.class.path")));
        assertTrue(Files.notExists(directory.resolve("condatis")));
    }

    @Test
    void shouldPassOverAnArchiveThatIsGarbage() throws Exception {
        final String jars = jars();
        program(jars);
        final Path archive = archives().get(0);
        assertTrue(archive.toFile().setWritable(true));
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.write("no archive".getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals(List.of("built true", "worker uses it true", "exit 0"), program(jars));
    }

    @Test
    void shouldBuildAnArchiveAnewThatWasCutShort() throws Exception {
        final String jars = jars();
        program(jars);
        final Path archive = archives().get(0);
        final long length = Files.size(archive);
        assertTrue(archive.toFile().setWritable(true));
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.setLength(length / 2);
        }

        assertEquals(List.of("built true", "worker uses it true", "exit 0"), program(jars));

        assertEquals(1, archives().size());
        assertTrue(Files.size(archives().get(0)) > length / 2);
    }

    @Test
    void shouldBeBuiltOnceByProcessesThatAskTogether() throws Exception {
        final String jars = jars();
        final List<Process> programs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            programs.add(start(jars));
        }
        for (final Process program : programs) {
            assertEquals(List.of("built true", "worker uses it true", "exit 0"), lines(program));
        }
        assertEquals(1, archives().size());
    }

    @Test
    void shouldWriteNothingWhenItsBuilderIsGone() throws Exception {
        final Path archive = directory.resolve("given-up");
        final String flag = Runtime.version().feature() < 25 ? "-XX:ArchiveClassesAtExit=" : "-XX:AOTCacheOutput=";
        final Process process =
                java(flag + archive, "-cp", jars(), ArchiveMain.class.getName()).start();
        assertEquals(List.of(), lines(process));
        assertEquals(KILLED, process.exitValue());
        assertTrue(Files.notExists(archive));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("condatis"))) {
            final List<Path> all = files.toList();
            assertTrue(all.stream().noneMatch(file -> file.toString().contains(".tmp")), all::toString);
            return all.stream()
                    .filter(file -> file.toString().endsWith(".archive"))
                    .toList();
        }
    }

    private List<String> program(final String classPath, final String... args) throws Exception {
        return lines(start(classPath, args));
    }

    private Process start(final String classPath, final String... args) throws IOException {
        final ProcessBuilder builder = java("-cp", classPath, Program.class.getName());
        builder.command().addAll(List.of(args));
        return builder.start();
    }

    private ProcessBuilder java(final String... args) {
        final ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(new File("/dev/null")));
        builder.command().addAll(List.of(args));
        builder.environment().put("XDG_CACHE_HOME", directory.toString());
        return builder;
    }

    private static List<String> lines(final Process process) throws Exception {
        final List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return lines;
    }

    /** The class path of this test with a jar for each directory. */
    private String jars() throws IOException {
        final List<String> entries = new ArrayList<>();
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            final Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                final Path jar = directory.resolve("classes-" + entries.size() + ".jar");
                jar(path, jar);
                entries.add(jar.toString());
            } else if (Files.isRegularFile(path)) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void jar(final Path classes, final Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
    }

    /** Builds the archive, starts a worker, and tells. */
    static final class Program {
        public static void main(final String[] args) throws Exception {
            System.out.println("built " + WorkerProcess.buildArchive());
            if (args.length > 0) {
                try (WorkerProcess worker = WorkerProcess.start(
                        WorkerProcess.options().output(Redirect.INHERIT), Program::tellOfGrandchild)) {
                    worker.join();
                }
                try (WorkerProcess worker = WorkerProcess.start(
                        WorkerProcess.options().environment("JDK_JAVA_OPTIONS", "-Xshare:auto"), Program::tell)) {
                    worker.join();
                }
            }
            try (WorkerProcess worker =
                    WorkerProcess.start(WorkerProcess.options().output(Redirect.INHERIT), Program::tell)) {
                worker.join();
                System.out.println("exit " + worker.exitCode().getAsInt());
            }
        }

        private static void tell() throws IOException {
            final String commandLine = Files.readString(Path.of("/proc/self/cmdline"));
            final boolean uses =
                    commandLine.contains(Runtime.version().feature() < 25 ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=");
            System.out.println("worker uses it " + uses);
        }

        /** A worker's own worker does as the property says now, whatever the worker was started with. */
        private static void tellOfGrandchild() throws Exception {
            System.setProperty(ClassArchive.PROPERTY, "off");
            try (WorkerProcess worker =
                    WorkerProcess.start(WorkerProcess.options().output(Redirect.INHERIT), Program::tell)) {
                worker.join();
            }
        }
    }
}
