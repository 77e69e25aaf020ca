package io.condatis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.testing.Await;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerProcessTest {
    private static final long DEADLINE_SECONDS = 20;

    @Test
    void shouldRunAMethodReferenceWithItsArguments() throws Exception {
        assertEquals(
                List.of("1 two [3, 4] FOUR"),
                outputOf(WorkerProcess.start(piped(), Targets::print, 1, "two", List.of(3, 4), Kind.FOUR), 0));
    }

    @Test
    void shouldRunALambdaWithWhatItCaptures() throws Exception {
        final String captured = "captured";
        final Point point = new Point(3, 4);
        assertEquals(
                List.of("captured Point[x=3, y=4]"),
                outputOf(WorkerProcess.start(piped(), () -> System.out.println(captured + " " + point)), 0));
    }

    @Test
    void shouldPassEachNumberOfArguments() throws Exception {
        assertEquals(List.of("none"), outputOf(WorkerProcess.start(piped(), Targets::print), 0));
        assertEquals(List.of("a"), outputOf(WorkerProcess.start(piped(), Targets::print, "a"), 0));
        assertEquals(List.of("a b"), outputOf(WorkerProcess.start(piped(), Targets::print, "a", "b"), 0));
        assertEquals(List.of("a b null"), outputOf(WorkerProcess.start(piped(), Targets::print, "a", "b", null), 0));
    }

    @Test
    void shouldHandOverMoreThanAPipeHolds() throws Exception {
        final byte[] large = new byte[1 << 20];
        large[large.length - 1] = 42;
        assertEquals(List.of("1048576 42"), outputOf(WorkerProcess.start(piped(), Targets::describe, large), 0));
    }

    @Test
    void shouldEndWithZeroWhenTheTargetReturns() throws Exception {
        assertEquals(0, codeOf(WorkerProcess.start(Targets::nothing)));
    }

    @Test
    void shouldTellItsEndThoughAllThreadsOfTheCommonPoolWait() throws Exception {
        // With one thread older JDKs do without the pool.
        final WorkerOptions options =
                WorkerProcess.options().jvmOptions("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
        assertEquals(0, codeOf(WorkerProcess.start(options, Targets::seeAnEndWhileTheCommonPoolWaits)));
    }

    @Test
    void shouldEndWithTheCodeGivenToExit() throws Exception {
        assertEquals(3, codeOf(WorkerProcess.start(System::exit, 3)));
    }

    @Test
    void shouldEndWithOneAndPrintTheWholeTraceWhenTheTargetThrows() throws Exception {
        final List<String> errors = errorsOf(WorkerProcess.start(piped().name("thrower"), Targets::fail), 1);
        final String text = String.join("\n", errors);
        assertTrue(text.contains("Exception in thread \"thrower\" java.lang.IllegalStateException: outer"), text);
        assertTrue(text.contains("WorkerProcessTest$Targets.fail("), text);
        assertTrue(text.contains("Caused by: java.io.IOException: inner"), text);
    }

    @Test
    void shouldWaitForThreadsThatAreNotDaemons() throws Exception {
        assertEquals(List.of("last words"), outputOf(WorkerProcess.start(piped(), Targets::leaveAThread), 0));
    }

    @Test
    void shouldTellTheSignalThatEndedIt() throws Exception {
        try (WorkerProcess killed = WorkerProcess.start(Targets::waitForever);
                WorkerProcess terminated = startReady();
                WorkerProcess interrupted = startReady()) {
            assertTrue(killed.isAlive());
            assertEquals(OptionalInt.empty(), killed.exitCode());
            assertFalse(killed.join(1, TimeUnit.MILLISECONDS));
            killed.kill();
            terminated.terminate();
            interrupted.interrupt();
            assertEquals(-9, codeOf(killed));
            assertEquals(-15, codeOf(terminated));
            assertEquals(-2, codeOf(interrupted));
            assertFalse(killed.isAlive());
        }
    }

    @Test
    void shouldSayNothingAboutItsParentWhenTerminated() throws Exception {
        final WorkerProcess worker = startReady();
        worker.terminate();
        assertEquals(List.of(), errorsOf(worker, -15));
    }

    @Test
    void shouldCompleteOnExitWithTheEndedWorker() throws Exception {
        final WorkerProcess worker = WorkerProcess.start(System::exit, 5);
        final WorkerProcess ended = worker.onExit().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertEquals(worker, ended);
        assertEquals(OptionalInt.of(5), ended.exitCode());
    }

    @Test
    void shouldKillWhenClosed() {
        final WorkerProcess worker = WorkerProcess.start(Targets::waitForever);
        assertTrue(WorkerProcess.activeChildren().contains(worker));
        worker.close();
        worker.close();
        assertEquals(OptionalInt.of(-9), worker.exitCode());
        assertFalse(WorkerProcess.activeChildren().contains(worker));
    }

    @Test
    void shouldKnowItselfAndItsParentInTheWorkerOnly() throws Exception {
        assertTrue(WorkerProcess.current().isEmpty());
        assertTrue(WorkerProcess.parent().isEmpty());
        final WorkerProcess worker = WorkerProcess.start(piped().name("alice"), Targets::introduce);
        assertEquals("alice", worker.name());
        final long parentPid = ProcessHandle.current().pid();
        assertEquals(
                List.of("alice " + worker.pid() + " " + parentPid + " alice", "parent " + parentPid),
                outputOf(worker, 0));
    }

    @Test
    void shouldHaveEmptyStandardInput() throws Exception {
        assertEquals(List.of("-1"), outputOf(WorkerProcess.start(piped(), Targets::readInput), 0));
    }

    @Test
    void shouldInheritFlagsAndTakeItsOwn() throws Exception {
        final WorkerOptions options = piped().jvmOptions("-Down.flag=7").environment("OWN_VARIABLE", "8");
        final WorkerProcess worker = WorkerProcess.start(options, Targets::printSettings);
        assertEquals(
                List.of("agrona " + System.getProperty("agrona.strict.alignment.checks"), "7", "8"),
                outputOf(worker, 0));
    }

    @Test
    void shouldNotStartWhenAnArgumentIsNotSerialisable() {
        final IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> WorkerProcess.start(WorkerProcess.options().name("w"), Targets::print, "a", new Thread()));
        assertEquals(
                "Argument 2 of worker 'w' cannot be handed over: it is or holds an instance of java.lang.Thread,"
                        + " which is not serialisable.",
                e.getMessage());
        assertEquals(List.of(), WorkerProcess.activeChildren());
    }

    @Test
    void shouldNotStartWhenTheTargetCapturesWhatIsNotSerialisable() {
        final Object lock = new Object();
        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> WorkerProcess.start(() -> System.out.println(lock)));
        assertTrue(e.getMessage().startsWith("The target of worker 'worker-"), e.getMessage());
        assertTrue(e.getMessage().contains("java.lang.Object"), e.getMessage());
    }

    @Test
    void shouldReportAJavaThatCannotBeStarted(@TempDir final Path directory) throws Exception {
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        final CondatisException e = assertThrows(
                CondatisException.class,
                () -> WorkerProcess.start(WorkerProcess.options().javaHome(directory), Targets::nothing));
        assertInstanceOf(IOException.class, e.getCause());
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 1 << 20}) // One fits the pipe, one is cut off by the end.
    void shouldSayHowAWorkerEndedThatNeverTookItsTarget(final int bytes) throws Exception {
        final WorkerOptions options = piped().jvmOptions("-XX:NoSuchOption");
        final WorkerProcess worker = WorkerProcess.start(options.name("early"), Targets::describe, new byte[bytes]);
        assertSame(worker, worker.onExit().get());
        assertEquals(OptionalInt.of(1), worker.exitCode());
        assertEquals("early (pid " + worker.pid() + ", exit code 1)", worker.toString());
        assertTrue(lines(worker.errors().readAllBytes()).toString().contains("NoSuchOption"));
    }

    @Test
    void shouldLeakNoFileDescriptorsOverManyStarts() throws Exception {
        codeOf(WorkerProcess.start(Targets::nothing));
        final int before = openPipes();
        for (int i = 0; i < 20; i++) {
            final WorkerProcess worker =
                    i % 2 == 0 ? WorkerProcess.start(Targets::nothing) : WorkerProcess.start(Targets::waitForever);
            if (i % 2 != 0) {
                worker.kill();
            }
            assertTrue(worker.join(DEADLINE_SECONDS, TimeUnit.SECONDS));
        }
        Await.until("all pipes are closed", () -> openPipes() <= before);
    }

    private static WorkerOptions piped() {
        return WorkerProcess.options().output(Redirect.PIPE).errors(Redirect.PIPE);
    }

    /** A worker that has its signal handlers, so that a signal finds a running JVM and not a starting one. */
    private static WorkerProcess startReady() throws IOException {
        final WorkerProcess worker = WorkerProcess.start(piped(), Targets::waitForever);
        assertEquals('!', worker.output().read());
        return worker;
    }

    private static int codeOf(final WorkerProcess worker) throws InterruptedException {
        assertTrue(worker.join(DEADLINE_SECONDS, TimeUnit.SECONDS), worker::toString);
        return worker.exitCode().orElseThrow();
    }

    private static List<String> outputOf(final WorkerProcess worker, final int exitCode) throws Exception {
        final List<String> lines = lines(worker.output().readAllBytes());
        final List<String> errors = lines(worker.errors().readAllBytes());
        assertEquals(exitCode, codeOf(worker), errors::toString);
        assertEquals(List.of(), errors);
        return lines;
    }

    private static List<String> errorsOf(final WorkerProcess worker, final int exitCode) throws Exception {
        final List<String> lines = lines(worker.errors().readAllBytes());
        assertEquals(exitCode, codeOf(worker), lines::toString);
        return lines;
    }

    private static List<String> lines(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    private static int openPipes() {
        int pipes = 0;
        for (final File descriptor : new File("/proc/self/fd").listFiles()) {
            try {
                final Path target = Files.readSymbolicLink(descriptor.toPath());
                pipes += target.toString().startsWith("pipe:") ? 1 : 0;
            } catch (final IOException e) {
                continue; // closed since it was listed
            }
        }
        return pipes;
    }

    private enum Kind {
        FOUR
    }

    private record Point(int x, int y) implements Serializable {}

    private static final class Targets {
        static void seeAnEndWhileTheCommonPoolWaits() throws Exception {
            final CountDownLatch told = new CountDownLatch(1);
            for (int i = 0; i < 2; i++) {
                ForkJoinPool.commonPool().submit(() -> told.await(DEADLINE_SECONDS, TimeUnit.SECONDS));
            }
            try (WorkerProcess worker = WorkerProcess.start(Targets::nothing)) {
                worker.onExit().get(DEADLINE_SECONDS / 2, TimeUnit.SECONDS);
            } finally {
                told.countDown();
            }
        }

        static void nothing() {}

        static void print() {
            System.out.println("none");
        }

        static void print(final Object a) {
            System.out.println(a);
        }

        static void print(final Object a, final Object b) {
            System.out.println(a + " " + b);
        }

        static void print(final Object a, final Object b, final Object c) {
            System.out.println(a + " " + b + " " + c);
        }

        static void print(final int a, final String b, final List<Integer> c, final Kind d) {
            System.out.println(a + " " + b + " " + c + " " + d);
        }

        static void describe(final byte[] bytes) {
            System.out.println(bytes.length + " " + bytes[bytes.length - 1]);
        }

        static void fail() {
            throw new IllegalStateException("outer", new IOException("inner"));
        }

        static void leaveAThread() {
            final Thread main = Thread.currentThread();
            new Thread(() -> {
                        try {
                            main.join();
                        } catch (final InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        System.out.println("last words");
                    })
                    .start();
        }

        static void waitForever() throws InterruptedException {
            System.out.print('!');
            System.out.flush();
            new CountDownLatch(1).await();
        }

        static void introduce() {
            final WorkerInfo self = WorkerProcess.current().orElseThrow();
            System.out.println(self.name() + " " + self.pid() + " " + self.parentPid() + " "
                    + Thread.currentThread().getName());
            System.out.println("parent " + WorkerProcess.parent().orElseThrow().pid());
        }

        static void readInput() throws IOException {
            System.out.println(System.in.read());
        }

        static void printSettings() {
            System.out.println("agrona " + System.getProperty("agrona.strict.alignment.checks"));
            System.out.println(System.getProperty("own.flag"));
            System.out.println(System.getenv("OWN_VARIABLE"));
        }
    }
}
