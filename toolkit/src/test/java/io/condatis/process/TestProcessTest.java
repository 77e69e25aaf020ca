package io.condatis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.testing.Await;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.lang.ProcessBuilder.Redirect;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of CPython's {@code _TestProcess} and {@code _TestAtExit} that are not in {@link WorkerProcessTest}. */
@Timeout(60)
class TestProcessTest {
    private static final long DEADLINE_SECONDS = 20;

    @TempDir
    private Path directory;

    @AfterEach
    void killAll() {
        WorkerProcess.activeChildren().forEach(WorkerProcess::close);
    }

    @Test
    void testProcess() throws Exception {
        final WorkerProcess worker = WorkerProcess.start(piped().name("whole-life"), Targets::introduce, 1, "two");
        assertEquals("whole-life", worker.name());
        assertTrue(worker.isDaemon());
        assertTrue(worker.isAlive());
        assertTrue(WorkerProcess.activeChildren().contains(worker));
        assertEquals(OptionalInt.empty(), worker.exitCode());
        assertEquals("1 two whole-life " + worker.pid(), firstLine(worker));
        end(worker, 0);
        assertFalse(worker.isAlive());
        assertFalse(WorkerProcess.activeChildren().contains(worker));
    }

    @Test
    void testSetExecutable() throws Exception {
        final Path home = directory.resolve("java");
        Files.createSymbolicLink(home, Path.of(System.getProperty("java.home")));
        try {
            end(WorkerProcess.start(piped().javaHome(home), Targets::nothing), 0);
        } finally {
            Files.delete(home);
        }
    }

    @Test
    void testDaemonArgument() throws Exception {
        for (final boolean daemon : new boolean[] {true, false}) {
            final WorkerProcess worker = WorkerProcess.start(piped().daemon(daemon), Targets::tellDaemon);
            assertEquals(daemon, worker.isDaemon());
            assertEquals("daemon " + daemon, firstLine(worker));
            end(worker, 0);
        }
    }

    @Test
    void testJoinOnlyLooksWithoutTimeAndSentinelIsReadyAtTheEnd() throws Exception {
        final WorkerProcess worker = WorkerProcess.start(Targets::waitForever);
        final CompletableFuture<WorkerProcess> sentinel = worker.onExit();
        assertFalse(worker.join(0, TimeUnit.SECONDS));
        assertFalse(worker.join(-1, TimeUnit.SECONDS));
        assertFalse(sentinel.isDone());
        worker.kill();
        assertEquals(worker, sentinel.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertTrue(worker.join(0, TimeUnit.SECONDS));
        assertEquals(OptionalInt.of(-9), worker.exitCode());
    }

    /** A tree of processes, each of which waits for its children one by one: seven lines, in order. */
    @Test
    void testRecursion() throws Exception {
        final Path lines = Files.createFile(directory.resolve("lines"));
        end(WorkerProcess.start(piped(), Targets::grow, lines.toString(), ""), 0);
        assertEquals(List.of("", "0", "00", "01", "1", "10", "11"), Files.readAllLines(lines));
    }

    @Test
    void testManyProcesses() throws Exception {
        final List<WorkerProcess> sleepers = new ArrayList<>();
        final List<WorkerProcess> brief = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sleepers.add(WorkerProcess.start(piped(), Targets::waitForever));
            brief.add(WorkerProcess.start(piped(), Targets::nothing));
        }
        for (final WorkerProcess worker : sleepers) {
            firstLine(worker); // it has its signal handlers
            worker.terminate();
        }
        for (int i = 0; i < 4; i++) {
            end(sleepers.get(i), -15);
            end(brief.get(i), 0);
        }
    }

    @Test
    void testLoseTargetRef() throws Exception {
        final AtomicReference<Payload> argument = new AtomicReference<>(new Payload());
        final WeakReference<Payload> released = new WeakReference<>(argument.get());
        final WorkerProcess worker = WorkerProcess.start(piped(), Targets::take, argument.get());
        argument.set(null);
        Await.until("the argument is released", () -> {
            System.gc();
            return released.refersTo(null);
        });
        end(worker, 0);
    }

    @Test
    void testClosedAndEndedProcessIsCollectable() throws Exception {
        final AtomicReference<WorkerProcess> worker = new AtomicReference<>(WorkerProcess.start(Targets::nothing));
        final WeakReference<WorkerProcess> released = new WeakReference<>(worker.get());
        end(worker.get(), 0);
        worker.get().close();
        worker.set(null);
        Await.until("the process object is released", () -> {
            System.gc();
            return released.refersTo(null);
        });
    }

    /** A child gets nothing that its elder brothers have open. */
    @Test
    void testChildFdInflation() throws Exception {
        final List<WorkerProcess> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            workers.add(WorkerProcess.start(piped(), Targets::countDescriptors));
        }
        final String first = firstLine(workers.get(0));
        assertTrue(Integer.parseInt(first) >= 3, first);
        for (final WorkerProcess worker : workers) {
            assertEquals(worker == workers.get(0) ? first : firstLine(worker), first);
        }
    }

    /** The parent has no standard output and no standard error. */
    @Test
    void testErrorOnStdioFlush1() throws Exception {
        final Path result = directory.resolve("result");
        final List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "exec \"$@\" >&- 2>&-",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmFlags.requiredBy(Path.of(System.getProperty("java.home"))));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), ParentWithoutOutput.class.getName(), result.toString()));
        final Process parent = new ProcessBuilder(command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        assertTrue(parent.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, parent.exitValue());
        assertEquals("OptionalInt[0] OptionalInt[3]", Files.readString(result));
    }

    @Test
    void testErrorOnStdioFlush2() throws Exception {
        end(WorkerProcess.start(piped(), Targets::closeOutput), 0);
        end(WorkerProcess.start(piped(), Targets::breakOutput), 0);
    }

    @Test
    void testAtexit() throws Exception {
        final Path file = directory.resolve("hooked");
        end(WorkerProcess.start(piped(), Targets::hook, file.toString()), 0);
        assertEquals("hook and hook of the JVM", Files.readString(file));
    }

    private static WorkerOptions piped() {
        return WorkerProcess.options().output(Redirect.PIPE).errors(Redirect.INHERIT);
    }

    private static String firstLine(final WorkerProcess worker) throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int c = worker.output().read();
                c >= 0 && c != '\n';
                c = worker.output().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void end(final WorkerProcess worker, final int exitCode) throws InterruptedException {
        assertTrue(worker.join(DEADLINE_SECONDS, TimeUnit.SECONDS), worker::toString);
        assertEquals(OptionalInt.of(exitCode), worker.exitCode(), worker::toString);
    }

    private static final class Payload implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** Main class. */
    static final class ParentWithoutOutput {
        public static void main(final String[] args) throws Exception {
            final WorkerProcess silent = WorkerProcess.start(Targets::nothing);
            final WorkerProcess talking = WorkerProcess.start(Targets::talk);
            silent.join();
            talking.join();
            Files.writeString(Path.of(args[0]), silent.exitCode() + " " + talking.exitCode());
        }
    }

    private static final class Targets {
        static void nothing() {}

        static void take(final Payload payload) {}

        static void introduce(final int one, final String two) {
            final WorkerInfo self = WorkerProcess.current().orElseThrow();
            System.out.println(one + " " + two + " " + self.name() + " " + self.pid());
        }

        static void tellDaemon() {
            System.out.println("daemon " + WorkerProcess.current().orElseThrow().isDaemon());
        }

        static void waitForever() throws InterruptedException {
            System.out.println("!");
            new CountDownLatch(1).await();
        }

        static void grow(final String file, final String path) throws Exception {
            Files.writeString(Path.of(file), path + "\n", java.nio.file.StandardOpenOption.APPEND);
            for (int child = 0; child < 2 && path.length() < 2; child++) {
                end(WorkerProcess.start(Targets::grow, file, path + child), 0);
            }
        }

        /** What is inherited is there at every look; the JVM's own compilers open files for a moment. */
        static void countDescriptors() throws Exception {
            int least = Integer.MAX_VALUE;
            for (int look = 0; look < 50; look++) {
                least = Math.min(least, Path.of("/proc/self/fd").toFile().list().length);
            }
            System.out.println(least);
            waitForever();
        }

        static void talk() {
            System.out.println("nobody hears this");
            System.err.println("nor this");
            System.exit(3);
        }

        static void closeOutput() {
            System.out.close();
            System.err.close();
        }

        static void breakOutput() {
            final PrintStream broken = new PrintStream(
                    new java.io.OutputStream() {
                        @Override
                        public void write(final int b) throws IOException {
                            throw new IOException("broken");
                        }
                    },
                    false,
                    StandardCharsets.UTF_8);
            System.setOut(broken);
            System.setErr(broken);
            System.out.println("lost");
        }

        static void hook(final String file) {
            ExitHooks.register(() -> Files.writeString(Path.of(file), "hook"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Await.until(
                            "the other hook has run",
                            () -> Files.exists(Path.of(file))
                                    && Path.of(file).toFile().length() > 0);
                    Files.writeString(Path.of(file), " and hook of the JVM", java.nio.file.StandardOpenOption.APPEND);
                } catch (final IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
    }
}
