package io.condatis.pool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.payload.PayloadTypes;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.Await;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a task, a callback, an initialiser or a worker may fail gives one clear error, and nothing hangs. */
@Timeout(60)
class PoolFailuresTest {
    private static Pool pool;

    @BeforeAll
    static void start() {
        pool = Pool.start(2);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        pool.terminate();
        pool.join();
    }

    @Test
    void testAsyncErrorCallbackGetsTheVeryException() throws Exception {
        final AtomicReference<Throwable> heard = new AtomicReference<>();
        final AsyncResult<Integer> result =
                pool.applyAsync(() -> Tasks.failAll(7), new Job(), ignored -> heard.set(new Error()), heard::set);
        final ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(20, SECONDS));
        assertInstanceOf(IllegalArgumentException.class, heard.get());
        assertSame(heard.get(), e.getCause());
        assertSame(
                e.getCause(),
                assertThrows(ExecutionException.class, result::get).getCause(),
                "is told again");
    }

    @Test
    void testUnserialisableResultsLoseNoWorker() throws Exception {
        try (Pool one = Pool.start(1)) {
            final long before = one.workers().get(0).pid();
            final List<AsyncResult<Object>> results = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                results.add(one.applyAsync(Tasks::thread, i));
            }
            for (final AsyncResult<Object> result : results) {
                final ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(20, SECONDS));
                assertTrue(e.getCause().getMessage().startsWith("the result cannot come back: "), e.getMessage());
                assertTrue(e.getCause().getMessage().contains("java.lang.Thread"), e.getMessage());
            }
            assertEquals(before, one.workers().get(0).pid());
        }
    }

    @Test
    void shouldReportAResultThatCannotBeReadHere() {
        final ExecutionException e = assertThrows(ExecutionException.class, () -> pool.applyAsync(Tasks::unreadable, 1)
                .get(20, SECONDS));
        assertTrue(e.getCause().getMessage().contains("cannot be read here"), e.getMessage());
        assertTrue(e.getCause().getMessage().contains("not to be read"), e.getMessage());
    }

    @Test
    void shouldReportAnArgumentThatCannotBeReadThere() {
        final ExecutionException e = assertThrows(
                ExecutionException.class, () -> pool.applyAsync(Tasks::take, (Object) new Tasks.Unreadable(false))
                        .get(20, SECONDS));
        assertTrue(e.getMessage().contains("not to be read"), e.getMessage());
    }

    @Test
    void shouldReportAnArgumentThatCannotBeWritten() {
        final ExecutionException e = assertThrows(
                ExecutionException.class, () -> pool.applyAsync(Tasks::take, (Object) new Tasks.Unreadable(true))
                        .get(20, SECONDS));
        assertTrue(e.getMessage().contains("cannot be handed to a worker"), e.getMessage());
        assertTrue(e.getMessage().contains("not to be written"), e.getMessage());
    }

    @Test
    void shouldReportATaskThatIsNotSerialisable() {
        final Object captured = new Object();
        final ExecutionException e = assertThrows(ExecutionException.class, () -> pool.applyAsync(captured::toString)
                .get(20, SECONDS));
        assertTrue(e.getMessage().contains("java.lang.Object"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> pool.map(x -> captured.hashCode(), List.of(1)));
        assertThrows(
                java.util.concurrent.RejectedExecutionException.class,
                () -> pool.execute((Runnable) captured::notifyAll));
    }

    @Test
    void shouldTellInWordsWhatWasThrownWhenTheExceptionCannotTravel() {
        final ExecutionException e =
                assertThrows(ExecutionException.class, () -> pool.applyAsync(Tasks::failUnserialisable, 1)
                        .get(20, SECONDS));
        final RemoteException remote = assertInstanceOf(RemoteException.class, e.getCause());
        assertEquals(Tasks.Unserialisable.class.getName(), remote.className());
        assertEquals(Tasks.Unserialisable.class.getName() + ": cannot travel", remote.getMessage());
        assertTrue(remote.remoteTrace().contains("Tasks.failUnserialisable("), remote.remoteTrace());
    }

    @Test
    void shouldRunOnceWhatThrowsSomethingThatCannotBeDescribed() {
        try (Pool one = Pool.start(1)) {
            final long before = one.workers().get(0).pid();
            final ExecutionException e =
                    assertThrows(ExecutionException.class, () -> one.applyAsync(Tasks::throwUnspeakable, 1)
                            .get(20, SECONDS));
            final RemoteException remote = assertInstanceOf(RemoteException.class, e.getCause());
            assertEquals(Tasks.Unspeakable.class.getName(), remote.className());
            assertTrue(remote.getMessage().contains("it cannot be described: that threw "), remote::getMessage);
            assertEquals(before, one.workers().get(0).pid());
        }
    }

    @Test
    void shouldMakeACallbacksExceptionTheResult() throws Exception {
        final AsyncResult<Integer> result = pool.applyAsync(
                () -> 1,
                new Job().name("called"),
                ignored -> {
                    throw new IllegalStateException("bad callback");
                },
                null);
        final ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(20, SECONDS));
        assertTrue(e.getCause().getMessage().startsWith("a callback of task 'called' threw: "), e.getMessage());
        assertEquals("bad callback", e.getCause().getCause().getMessage());
        assertEquals(4, pool.<Integer, Integer>apply(Tasks::square, 2));
    }

    @Test
    void shouldRefuseToWaitInACallbackForWhatWouldNeverEnd() throws Exception {
        final AsyncResult<Integer> result = pool.applyAsync(
                () -> 1,
                new Job(),
                ignored -> {
                    try {
                        pool.applyAsync(() -> 2, new Job(), x -> {}, null).get();
                    } catch (final InterruptedException | ExecutionException e) {
                        throw new AssertionError(e);
                    }
                },
                null);
        final ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(20, SECONDS));
        assertInstanceOf(IllegalStateException.class, e.getCause().getCause());
    }

    @Test
    void shouldFailTheTaskThatAWorkerDiedWithAndGoOn() throws Exception {
        final AsyncResult<Integer> died = pool.applyAsync(() -> Tasks.halt(3), new Job().name("deadly"));
        final ExecutionException e = assertThrows(ExecutionException.class, () -> died.get(20, SECONDS));
        final WorkerDiedException why = assertInstanceOf(WorkerDiedException.class, e.getCause());
        assertEquals("deadly", why.task());
        assertEquals(1, why.attempts());
        assertTrue(
                why.getMessage().matches("worker .*-worker-\\d+ \\(pid \\d+, .*\\) of .* died while it ran 'deadly'.*"),
                why.getMessage());

        assertInstanceOf(
                WorkerDiedException.class,
                assertThrows(ExecutionException.class, () -> pool.applyAsync(() -> Tasks.exit(0))
                                .get(20, SECONDS))
                        .getCause());
        assertEquals(9, pool.<Integer, Integer>apply(Tasks::square, 3));
        Await.until("both workers are back", () -> pool.workers().size() == 2);
    }

    @Test
    void shouldNameTheItemOfAMapThatKilledItsWorkerAndFinishTheOthers() {
        final WorkerDiedException e = assertThrows(
                WorkerDiedException.class,
                () -> pool.map(
                        Tasks::haltAtThree, numbers(8), new Job().chunkSize(1).name("mixed")));
        assertEquals("mixed[3]", e.task());
    }

    @Test
    void shouldBeginATaskAgainAsOftenAsAllowed() {
        final WorkerDiedException e = assertThrows(
                WorkerDiedException.class,
                () -> pool.map(
                        Tasks::haltAtThree, numbers(4), new Job().chunkSize(1).retries(2)));
        assertEquals(3, e.attempts());
    }

    @Test
    void shouldEndATaskThatRunsTooLong() throws Exception {
        final AsyncResult<Integer> slow = pool.applyAsync(
                () -> Tasks.sleep(60_000), new Job().name("slow").timeout(Duration.ofMillis(200)));
        final ExecutionException e = assertThrows(ExecutionException.class, () -> slow.get(20, SECONDS));
        final TaskTimeoutException why = assertInstanceOf(TaskTimeoutException.class, e.getCause());
        assertEquals("slow", why.task());
        assertTrue(why.getMessage().contains("ran longer than PT0.2S in worker "), why.getMessage());
        assertEquals(9, pool.<Integer, Integer>apply(Tasks::square, 3));
    }

    @Test
    void shouldNotTakeAVeryLongTimeForAShortOne() throws Exception {
        for (final Duration longest : new Duration[] {Duration.ofDays(50 * 365), ChronoUnit.FOREVER.getDuration()}) {
            final Job job = new Job().chunkSize(8).timeout(longest);
            assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8), pool.map(Tasks::sleep, List.of(1, 2, 3, 4, 5, 6, 7, 8), job));
        }
    }

    @Test
    void shouldInterruptARunningTaskThatIsCancelledAndKeepItsWorker() throws Exception {
        final List<Long> before = pids();
        final AsyncResult<Integer> running = pool.applyAsync(() -> Tasks.sleep(60_000));
        Await.until("it runs", () -> pool.engine.neverBegun().isEmpty() && isBusy());
        assertTrue(running.cancel(true));
        assertThrows(CancellationException.class, running::get);
        assertTrue(running.isCancelled());
        Await.until("nobody is busy", () -> !isBusy());
        assertEquals(before, pids());
    }

    @Test
    void shouldKillAWorkerWhoseTaskIgnoresThatItIsCancelled() throws Exception {
        final List<Long> before = pids();
        final AsyncResult<Integer> running = pool.applyAsync(() -> Tasks.spin(60_000));
        Await.until("it runs", this::isBusy);
        running.cancel(true);
        Await.until("its worker is replaced", () -> !pids().equals(before) && pids().size() == 2);
        assertEquals(9, pool.<Integer, Integer>apply(Tasks::square, 3));
        assertNotEquals(before, pids());
    }

    @Test
    void shouldNotBeginWhatIsCancelledInTheQueue() throws Exception {
        try (Pool one = Pool.start(1)) {
            final AsyncResult<Integer> first = one.applyAsync(() -> Tasks.sleep(300));
            final AsyncResult<Integer> queued = one.applyAsync(() -> Tasks.halt(1));
            assertTrue(queued.cancel(false));
            assertEquals(300, first.get());
            assertEquals(4, one.<Integer, Integer>apply(Tasks::square, 2));
        }
    }

    private boolean isBusy() {
        return pool.engine.runningTasks() > 0;
    }

    @Test
    void shouldBreakWhenTheInitialiserAlwaysFails() {
        final Throwable e =
                failureOf(new PoolOptions().workers(2).name("unlicensed").initialiser(Tasks::failToInitialise));
        assertTrue(
                e.getMessage().startsWith("unlicensed is broken: its initialiser failed in 3 workers in a row"),
                e.getMessage());
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        assertInstanceOf(IOException.class, root);
    }

    @ParameterizedTest(name = "setup of {0} bytes")
    @ValueSource(ints = {1, 1 << 20}) // The smaller fits a pipe, whoever reads it.
    void shouldBreakWhenNoWorkerStarts(final int bytes) {
        final Throwable e = failureOf(new PoolOptions()
                .workers(1)
                .initialiser(setup -> {}, new byte[bytes])
                .workerOptions(WorkerProcess.options()
                        .jvmOptions("-XX:NoSuchOption")
                        .errors(Redirect.DISCARD)
                        .output(Redirect.DISCARD)));
        assertTrue(
                e.getMessage().contains("is broken: 3 workers in a row ended before they took a task"), e.getMessage());
    }

    /** What a pool says that breaks, while it starts or to its first task; nothing of it is left afterwards. */
    private static Throwable failureOf(final PoolOptions options) {
        final List<WorkerProcess> before = WorkerProcess.activeChildren();
        final Throwable failure =
                assertThrows(CondatisException.class, () -> Pool.start(options).apply(() -> 1));
        Await.until("nothing of it is left", () -> before.containsAll(WorkerProcess.activeChildren()));
        return failure;
    }

    /** {@code TestPoolNotLeakOnFailure}. */
    @Test
    void testReleaseUnusedProcesses() {
        final int own = 2; // the workers of the pool of all tests, if none is being replaced
        Await.until(
                "all of the pool of all tests are there",
                () -> WorkerProcess.activeChildren().size() == own);
        assertThrows(
                RuntimeException.class,
                () -> Pool.start(new PoolOptions()
                        .workers(4)
                        .workerOptions(WorkerProcess.options().javaHome(java.nio.file.Path.of("/nonexistent")))));
        assertThrows(
                IllegalArgumentException.class,
                () -> Pool.start(new PoolOptions().initialiser(thread -> {}, new Thread())));
        assertEquals(own, WorkerProcess.activeChildren().size());
        final IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Pool.start(new PoolOptions().workers(5).initialiser(Tasks::take, new Tasks.RefusesTheFourth())));
        assertTrue(e.getMessage().contains("the fourth"), e.getMessage());
        assertEquals(own, WorkerProcess.activeChildren().size());
    }

    /** {@code TestInitializers}. */
    @Test
    void testPoolInitialiser() throws Exception {
        try (Pool initialised = Pool.start(new PoolOptions().workers(2).initialiser(Tasks::initialise, 7))) {
            assertEquals(
                    IntStream.range(0, 40).mapToObj(i -> 7).toList(),
                    initialised.map(Tasks::initialised, numbers(40), 1));
        }
        assertThrows(NullPointerException.class, () -> new PoolOptions().initialiser(null));
    }

    @Test
    void shouldRefuseClassesThatItsOptionsDoNotAllow() throws Exception {
        try (Pool strict = Pool.start(new PoolOptions().workers(1).types(PayloadTypes.standard()))) {
            assertThrows(RuntimeException.class, () -> strict.apply(Tasks::mirror, new Tasks.Point(1, 2)));
            assertEquals(9, strict.<Integer, Integer>apply(Tasks::square, 3));
        }
    }

    @Test
    void shouldGoOnWhenAResultOrAFailureCannotBeWrittenOrReadBecauseOfAnError() throws Exception {
        final Pool one = pool;
        for (final boolean failToWrite : new boolean[] {true, false}) {
            final Job job = new Job().chunkSize(2);
            final AsyncResult<List<Object>> results =
                    one.mapAsync(x -> new Tasks.Erroneous(failToWrite), List.of(1, 2), job);
            final ExecutionException e = assertThrows(ExecutionException.class, () -> results.get(20, SECONDS));
            assertTrue(e.getCause().getMessage().contains("an error of its own"), e::toString);
            final AsyncResult<Object> failure = one.applyAsync(() -> Tasks.failErroneously(failToWrite));
            final ExecutionException f = assertThrows(ExecutionException.class, () -> failure.get(20, SECONDS));
            assertInstanceOf(RemoteException.class, f.getCause());
        }
        assertEquals(49, one.<Integer, Integer>apply(Tasks::square, 7));
    }

    @Test
    void shouldCarryLargeArgumentsAndResults() throws Exception {
        final byte[] large = pool.apply(() -> Tasks.bytes(60 << 20));
        assertEquals(60 << 20, large.length);
        assertEquals(42, large[large.length - 1]);
        assertEquals(1, pool.apply(Tasks::take, (Object) large));
        final RuntimeException e =
                assertThrows(RuntimeException.class, () -> pool.apply(() -> Tasks.bytes((64 << 20) + 1)));
        assertTrue(e.getMessage().contains("the limit is"), e.getMessage());
        final List<byte[]> many = pool.map(
                Tasks::bytes,
                List.of(40 << 20, 40 << 20, 40 << 20, 40 << 20, 40 << 20, 40 << 20, 40 << 20, 40 << 20),
                1);
        assertEquals(8, many.size());
    }

    private static List<Long> pids() {
        return pool.workers().stream().map(WorkerProcess::pid).toList();
    }

    private static List<Integer> numbers(final int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
