package io.condatis.pool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.internal.os.ExitHooks;
import io.condatis.manager.Manager;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import io.condatis.testing.Orphans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of CPython's {@code _TestPoolWorkerLifetime} and {@code _TestAtExit}, and the end of a pool with its parent. */
@Timeout(60)
class PoolLifetimeTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PROMPT = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    @Test
    void testPoolWorkerLifetime() throws Exception {
        try (Pool pool = Pool.start(new PoolOptions().workers(3).maxTasksPerChild(10))) {
            final List<Long> before =
                    pool.workers().stream().map(WorkerProcess::pid).toList();
            assertEquals(squares(100), pool.map(Tasks::square, numbers(100), 1));
            Await.until(
                    "all workers are others",
                    () -> pool.workers().stream().map(WorkerProcess::pid).noneMatch(before::contains)
                            && pool.workers().size() == 3);
            assertEquals(25, pool.<Integer, Integer>apply(Tasks::square, 5));
        }
    }

    @Test
    void testPoolWorkerLifetimeEarlyClose() throws Exception {
        final List<AsyncResult<Integer>> results = new ArrayList<>();
        final Pool pool = Pool.start(new PoolOptions().workers(2).maxTasksPerChild(1));
        for (int i = 0; i < 6; i++) {
            final int x = i;
            results.add(pool.applyAsync(() -> Tasks.squareAfter(x, 50)));
        }
        pool.shutdown();
        pool.join();
        for (int i = 0; i < 6; i++) {
            assertEquals(i * i, results.get(i).get(0, SECONDS));
        }
    }

    @Test
    void shouldStandToBeEndedAgainWhenItHasEnded() throws Exception {
        final Pool pool = Pool.start(new PoolOptions().workers(1));
        final ResultIterator<Integer> results = pool.imap(Tasks::square, numbers(100), new Job().lookAhead(4));
        pool.terminate();
        pool.join();
        results.close();
        assertEquals(List.of(), pool.shutdownNow());
        pool.terminate();
        pool.close();
    }

    @Test
    void shouldEndAtOnceWhenItIsTerminatedWhileItEndsAndAWorkerStillStarts() throws Exception {
        final Path begun = directory.resolve("begun");
        final Pool pool =
                Pool.start(new PoolOptions().workers(1).initialiser(PoolLifetimeTest::stall, begun.toString()));
        Await.until("its initialiser runs", () -> Files.exists(begun));
        pool.shutdown();
        pool.terminate();
        assertTrue(pool.awaitTermination(8, SECONDS), "it waited for its worker as if it had not been terminated");
    }

    private static void stall(final String file) throws Exception {
        Files.createFile(Path.of(file));
        TimeUnit.MINUTES.sleep(1);
    }

    @Test
    void shouldReplaceAWorkerAfterSoManyChunks() throws Exception {
        try (Pool pool = Pool.start(new PoolOptions().workers(2).maxTasksPerChild(2))) {
            assertEquals(6, new HashSet<>(pool.map(Tasks::pid, numbers(12), 1)).size());
        }
    }

    @Test
    void testPoolMaxtasksperchildInvalid() {
        assertThrows(IllegalArgumentException.class, () -> new PoolOptions().maxTasksPerChild(0));
        assertThrows(IllegalArgumentException.class, () -> new PoolOptions().maxTasksPerChild(-1));
    }

    @Test
    void shouldBeAnExecutorService() throws Exception {
        final Pool pool = Pool.start(2);
        final List<Callable<Integer>> tasks =
                List.of((Task<Integer>) () -> Tasks.square(2), (Task<Integer>) () -> Tasks.failAll(3), (Task<Integer>)
                        () -> Tasks.square(4));
        final List<Future<Integer>> all = pool.invokeAll(tasks);
        assertEquals(4, all.get(0).get());
        assertThrows(ExecutionException.class, () -> all.get(1).get());
        assertEquals(16, all.get(2).get());
        assertTrue(List.of(4, 16).contains(pool.invokeAny(tasks)));
        assertThrows(ExecutionException.class, () -> pool.invokeAny(tasks.subList(1, 2)));
        assertEquals("done", pool.submit((Action) () -> Tasks.square(1), "done").get());
        assertEquals(null, pool.submit(() -> {}).get());
        assertEquals(
                81, pool.submit(() -> Tasks.square(9)).toCompletableFuture().get(20, SECONDS));
        final AsyncResult<Integer> slow = pool.submit(() -> Tasks.squareAfter(5, 1_000));
        pool.shutdown();
        assertTrue(pool.isShutdown());
        assertFalse(pool.isTerminated());
        assertTrue(pool.awaitTermination(30, SECONDS));
        assertEquals(25, slow.get(0, SECONDS));
        assertTrue(pool.isTerminated());
    }

    @Test
    void shouldGiveBackWhatWasNotBegun() throws Exception {
        final Pool pool = Pool.start(1);
        pool.submit((Action) () -> {
            throw new IllegalStateException("is the first");
        });
        final Action queued = () -> Runtime.getRuntime().halt(1);
        pool.submit(() -> Tasks.sleep(60_000));
        pool.execute(queued);
        assertTrue(pool.shutdownNow().contains(queued));
        pool.join();
    }

    @Test
    void shouldUseAManagerThatIsThereAndLeaveNothingInIt() throws Exception {
        try (Manager manager = Manager.start()) {
            final long before = manager.objectCount();
            try (Pool pool = Pool.start(new PoolOptions().workers(1).manager(manager))) {
                assertEquals(squares(10), pool.map(Tasks::square, numbers(10)));
            }
            assertEquals(before, manager.objectCount());
        }
    }

    @Test
    void testAtexit() throws Exception {
        final Path file = directory.resolve("hooked");
        try (Pool pool = Pool.start(1)) {
            pool.apply(PoolLifetimeTest::hook, file.toString());
        }
        assertEquals("hook", Files.readString(file));
    }

    /** {@code TestStdinBadfiledescriptor.test_pool_in_process}. */
    @Test
    void testPoolInAWorker() throws Exception {
        final Path file = directory.resolve("result");
        try (WorkerProcess worker = WorkerProcess.start(PoolLifetimeTest::poolInAWorker, file.toString())) {
            assertTrue(worker.join(30, SECONDS));
            assertEquals(0, worker.exitCode().getAsInt());
        }
        assertEquals("[0, 1, 4, 9]", Files.readString(file));
    }

    private static void poolInAWorker(final String file) throws Exception {
        try (Pool pool = Pool.start(1)) {
            Files.writeString(Path.of(file), pool.map(Tasks::square, numbers(4)).toString());
        }
    }

    @Test
    void testResourceWarning() throws Exception {
        final List<String> warnings = new CopyOnWriteArrayList<>();
        final Handler handler = new Handler() {
            @Override
            public void publish(final LogRecord record) {
                warnings.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        final Logger logger = Logger.getLogger(Pool.class.getName());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            final String name = forget();
            Await.until("it is noticed", () -> {
                System.gc();
                return warnings.contains(
                        name + " was not closed and nobody refers to it any more: it ends when its work is done");
            });
            Await.until("its worker has ended", () -> WorkerProcess.activeChildren().stream()
                    .noneMatch(worker -> worker.name().startsWith(name)));
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
    }

    private static String forget() throws InterruptedException {
        final Pool pool = Pool.start(new PoolOptions().workers(1).name("forgotten"));
        pool.apply(Tasks::square, 1);
        return pool.name();
    }

    @Test
    void testWorkerFinalisationOfAForgottenPool() throws Exception {
        try (ForkedJvm program = ForkedJvm.start(Program.class, "forget")) {
            program.awaitLine("forgotten", DEADLINE);
            assertEquals(0, program.exitCode(DEADLINE), program::output);
        }
    }

    @Test
    void shouldLeaveNoWorkerThreeSecondsAfterTheParentWasKilled() throws Exception {
        try (ForkedJvm program = ForkedJvm.start(Program.class, "stay")) {
            final List<Long> pids = new ArrayList<>();
            for (final String word : program.awaitLine("pids ", DEADLINE).split(" ")) {
                if (!word.equals("pids")) {
                    pids.add(Long.parseLong(word));
                }
            }
            assertEquals(2, pids.size());
            program.kill();
            for (final long pid : pids) {
                Await.until("process " + pid + " has ended", PROMPT, () -> !Orphans.runs(pid));
            }
            Await.until("shared memory is clean", PROMPT, () -> leftBy(program.pid())
                    .isEmpty());
        }
    }

    private static List<String> leftBy(final long pid) {
        final String[] names = Path.of("/dev/shm").toFile().list();
        return java.util.Arrays.stream(names)
                .filter(name -> name.contains("pool-" + pid + "-"))
                .toList();
    }

    private static Object hook(final String file) {
        ExitHooks.register(() -> Files.writeString(Path.of(file), "hook"));
        return null;
    }

    private static List<Integer> numbers(final int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<Integer> squares(final int count) {
        return IntStream.range(0, count).mapToObj(i -> i * i).toList();
    }

    /** Starts a pool and does not close it. */
    static final class Program {
        public static void main(final String[] args) throws Exception {
            final Pool pool = Pool.start(2);
            pool.map(Tasks::square, numbers(10));
            if (args[0].equals("forget")) {
                System.out.println("forgotten");
                return;
            }
            pool.awaitReady(30, SECONDS);
            final StringBuilder pids = new StringBuilder("pids");
            WorkerProcess.activeChildren().forEach(child -> pids.append(' ').append(child.pid()));
            // Full work: tasks queued, running and answered, on all lines.
            pool.mapAsync(x -> Tasks.squareAfter(x, 1), numbers(100_000), new Job().chunkSize(1));
            pool.applyAsync(() -> Tasks.sleep(600_000));
            System.out.println(pids);
            TimeUnit.HOURS.sleep(1);
        }
    }
}
