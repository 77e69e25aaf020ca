package io.condatis.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.ExitHooks;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.Orphans;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ParentDeathTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration PROMPT = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    @Test
    void shouldEndChildrenAndGrandchildrenWithTheirHooksWhenTheParentIsKilled() throws Exception {
        final Path errors = directory.resolve("errors");
        try (ForkedJvm parent = ForkedJvm.start(Parent.class, "child", errors.toString())) {
            final long child = pid(parent.awaitLine("child ", DEADLINE));
            final long grandchild = pid(parent.awaitLine("grand ", DEADLINE));
            parent.kill();
            assertEnds(child, PROMPT);
            assertEnds(grandchild, PROMPT);
            final String text = Files.readString(errors);
            assertTrue(
                    text.contains("condatis: worker 'child' (pid " + child + ") ends because its parent, process "
                            + parent.pid() + ", has died"),
                    text);
            assertTrue(text.contains("hook of grand"), text);
        }
    }

    @Test
    void shouldHaltWhenTheHooksOfAnOrphanHang() throws Exception {
        try (ForkedJvm parent = ForkedJvm.start(Parent.class, "hanging", "-")) {
            final long child = pid(parent.awaitLine("hanging ", DEADLINE));
            parent.kill();
            assertEnds(child, DEADLINE);
        }
    }

    @Test
    void shouldOutliveAParentThatIsOnlyStopped() throws Exception {
        try (ForkedJvm parent = ForkedJvm.start(
                Parent.class, "child", directory.resolve("errors").toString())) {
            final long child = pid(parent.awaitLine("child ", DEADLINE));
            parent.signal("STOP");
            try {
                assertThrows(
                        AssertionError.class,
                        () -> Await.until("it ends", Duration.ofMillis(500), () -> !Orphans.runs(child)));
            } finally {
                parent.signal("CONT");
            }
        }
    }

    @Test
    void shouldTerminateTheWorkersWhenTheParentReturns() throws Exception {
        try (ForkedJvm parent = ForkedJvm.start(
                Parent.class, "child", directory.resolve("errors").toString())) {
            final long child = pid(parent.awaitLine("child ", DEADLINE));
            final long grandchild = pid(parent.awaitLine("grand ", DEADLINE));
            parent.send("return");
            assertEquals(0, parent.exitCode(DEADLINE), parent::output);
            assertEnds(child, PROMPT);
            assertEnds(grandchild, PROMPT);
            assertTrue(Files.readString(directory.resolve("errors")).contains("hook of grand"));
        }
    }

    @Test
    void shouldKillWorkersThatDoNotEndWhenTheParentIsInterrupted() throws Exception {
        try (ForkedJvm parent = ForkedJvm.start(Parent.class, "hanging", "-")) {
            final long child = pid(parent.awaitLine("hanging ", DEADLINE));
            parent.signal("INT");
            assertEquals(128 + 2, parent.exitCode(DEADLINE), parent::output);
            assertEnds(child, PROMPT);
        }
    }

    @Test
    void shouldWaitAtItsEndForAWorkerThatIsNoDaemon() throws Exception {
        final Path file = directory.resolve("written");
        try (ForkedJvm parent = ForkedJvm.start(Independent.class, file.toString(), "500")) {
            parent.awaitLine("independent ", DEADLINE);
            parent.send("return");
            assertEquals(0, parent.exitCode(DEADLINE), parent::output);
            assertEquals("false false", Files.readString(file), "neither the worker nor its own is a daemon");
        }
    }

    @Test
    void shouldLeaveAWorkerThatIsNoDaemonWhenTheParentIsKilled() throws Exception {
        final Path file = directory.resolve("written");
        try (ForkedJvm parent = ForkedJvm.start(Independent.class, file.toString(), "1000")) {
            parent.awaitLine("independent ", DEADLINE);
            parent.kill();
            Await.until("it has done its work", () -> Files.exists(file));
        }
    }

    private static long pid(final String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    private static void assertEnds(final long pid, final Duration deadline) {
        Await.until("process " + pid + " has ended", deadline, () -> !Orphans.runs(pid));
    }

    /** Starts a worker, which may start another, and ends when a line comes on its standard input. */
    static final class Parent {
        public static void main(final String[] args) throws Exception {
            final Worker target = args[0].equals("child") ? Parent::child : Parent::hanging;
            final Redirect errors = args[1].equals("-")
                    ? Redirect.INHERIT
                    : Redirect.appendTo(Path.of(args[1]).toFile());
            WorkerProcess.start(WorkerProcess.options().name(args[0]).errors(errors), target);
            System.in.read();
        }

        private static void child() throws Exception {
            print("child");
            WorkerProcess.start(WorkerProcess.options().name("grand"), Parent::grandchild);
            new CountDownLatch(1).await();
        }

        private static void grandchild() throws Exception {
            ExitHooks.register(() -> System.err.println("hook of grand"));
            print("grand");
            new CountDownLatch(1).await();
        }

        private static void hanging() throws Exception {
            ExitHooks.register(() -> new CountDownLatch(1).await());
            print("hanging");
            new CountDownLatch(1).await();
        }

        private static void print(final String name) {
            System.out.println(name + " " + ProcessHandle.current().pid());
        }
    }

    /** Starts a worker that is no daemon and ends when a line comes on its standard input. */
    static final class Independent {
        public static void main(final String[] args) throws Exception {
            WorkerProcess.start(
                    WorkerProcess.options().daemon(false), Independent::work, args[0], Long.parseLong(args[1]));
            System.in.read();
        }

        private static void work(final String file, final long millis) throws Exception {
            System.out.println("independent " + ProcessHandle.current().pid());
            Thread.sleep(millis);
            try (WorkerProcess own = WorkerProcess.start(() -> {})) {
                Files.writeString(
                        Path.of(file), WorkerProcess.current().orElseThrow().isDaemon() + " " + own.isDaemon());
            }
        }
    }
}
