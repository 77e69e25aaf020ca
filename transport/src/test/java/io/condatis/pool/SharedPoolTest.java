package io.condatis.pool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.condatis.error.CondatisException;
import io.condatis.manager.ManagedObject;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerHandle;
import io.condatis.manager.ManagerOptions;
import io.condatis.process.WorkerProcess;
import io.condatis.testing.Await;
import io.condatis.testing.ForkedJvm;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool at a manager, used by its clients; the cases of CPython's {@code TestSyncManagerTypes.test_pool} among them. */
@Timeout(60)
class SharedPoolTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static Manager manager;
    private static Pool owner;

    @BeforeAll
    static void start() {
        manager = Manager.embed(new ManagerOptions());
        owner = Pool.start(new PoolOptions().workers(2).manager(manager).sharedAs("calc"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        owner.terminate();
        owner.join();
        assertEquals(0, manager.objectCount(), () -> "left: " + manager.objects());
        manager.close();
    }

    @Test
    void testPoolInAnotherProcess() throws Exception {
        try (WorkerProcess user = WorkerProcess.start(SharedPoolTest::useAll, manager.handle())) {
            assertTrue(user.join(30, SECONDS));
            assertEquals(0, user.exitCode().getAsInt());
        }
    }

    private static void useAll(final ManagerHandle handle) throws Exception {
        try (Manager client = Manager.connect(handle);
                Pool pool = Pool.attach(client, "calc")) {
            assertTrue(pool.awaitReady(30, SECONDS));
            assertEquals(25, pool.<Integer, Integer>apply(Tasks::square, 5));
            assertEquals(49, pool.applyAsync(() -> Tasks.square(7)).get(20, SECONDS));
            assertEquals(squares(100), pool.map(Tasks::square, numbers(100)));
            assertEquals(squares(100), pool.map(Tasks::square, numbers(100), 1));
            assertEquals(squares(10), pool.mapAsync(Tasks::square, numbers(10)).get());
            assertEquals(List.of(6), pool.starmap(Tasks::multiply, Map.of(2, 3).entrySet()));
            final ResultIterator<Integer> results = pool.imap(Tasks::square, numbers(50), new Job().chunkSize(3));
            for (int i = 0; i < 50; i++) {
                assertEquals(i * i, results.next());
            }
            final ExecutorService executor = pool;
            final List<Callable<Integer>> calls =
                    List.of((Task<Integer>) () -> Tasks.square(2), (Task<Integer>) () -> Tasks.square(3));
            assertEquals(9, executor.invokeAll(calls).get(1).get());
            assertTrue(List.of(4, 9).contains(executor.invokeAny(calls)));
            final ExecutionException e =
                    assertThrows(ExecutionException.class, () -> pool.applyAsync(Tasks::failAtThree, 3)
                            .get(20, SECONDS));
            assertTrue(e.getMessage().contains("failed in worker calc-worker-"), e.getMessage());
            assertInstanceOf(IllegalArgumentException.class, e.getCause());
        }
    }

    @Test
    void shouldServeManyClientsSideBySide() throws Exception {
        try (Pool one = Pool.attach(manager, "calc");
                Pool two = Pool.attach(manager, "calc")) {
            final AsyncResult<List<Integer>> first = one.mapAsync(Tasks::square, numbers(500), new Job().chunkSize(1));
            final AsyncResult<List<Integer>> second = two.mapAsync(Tasks::square, numbers(500), new Job().chunkSize(1));
            assertEquals(squares(500), owner.map(Tasks::square, numbers(500), 1));
            assertEquals(squares(500), first.get(20, SECONDS));
            assertEquals(squares(500), second.get(20, SECONDS));
        }
    }

    @Test
    void shouldTellTheClientWhoseTaskKilledItsWorker() throws Exception {
        try (Pool pool = Pool.attach(manager, "calc")) {
            final WorkerDiedException e = assertThrows(
                    WorkerDiedException.class,
                    () -> pool.map(
                            Tasks::haltAtThree,
                            numbers(8),
                            new Job().chunkSize(1).name("deadly").retries(1)));
            assertEquals("deadly[3]", e.task());
            assertEquals(2, e.attempts());
            assertTrue(e.getMessage().contains("died while it ran 'deadly[3]'"), e.getMessage());
            assertEquals(9, pool.<Integer, Integer>apply(Tasks::square, 3));
        }
    }

    @Test
    void shouldEndAClientsTaskThatRunsTooLongOrIsCancelled() throws Exception {
        try (Pool pool = Pool.attach(manager, "calc")) {
            final AsyncResult<Integer> slow = pool.applyAsync(
                    () -> Tasks.spin(60_000), new Job().name("slow").timeout(Duration.ofMillis(100)));
            final ExecutionException e = assertThrows(ExecutionException.class, () -> slow.get(20, SECONDS));
            assertInstanceOf(TaskTimeoutException.class, e.getCause());
            Await.until("the worker that ignored it was killed", () -> pool.engine.runningTasks() == 0);
            final AsyncResult<Integer> running = pool.applyAsync(() -> Tasks.sleep(60_000));
            Await.until("it runs", () -> pool.engine.runningTasks() > 0);
            assertTrue(running.cancel(true));
            assertThrows(CancellationException.class, running::get);
            Await.until("its worker is free", () -> pool.engine.runningTasks() == 0);
            assertEquals(9, pool.<Integer, Integer>apply(Tasks::square, 3));
        }
    }

    @Test
    void shouldOnlyLeaveWhenAClientCloses() throws Exception {
        final Pool left = Pool.attach(manager, "calc");
        final AsyncResult<Integer> result = left.applyAsync(() -> Tasks.squareAfter(3, 100));
        left.close();
        assertEquals(9, result.get(0, SECONDS));
        assertTrue(left.isTerminated());
        assertThrows(RejectedExecutionException.class, () -> left.apply(Tasks::square, 3));
        assertFalse(owner.isShutdown());
        assertEquals(9, owner.<Integer, Integer>apply(Tasks::square, 3));
        // The owner still sees the board, in the very process that the client has left from.
        Await.until("nobody is busy", () -> owner.engine.runningTasks() == 0);
    }

    @Test
    void shouldLeaveNothingBehindWhenAClientLeavesBeforeItsTaskHasEnded() throws Exception {
        final Pool pool = Pool.attach(manager, "calc");
        final AsyncResult<Integer> result = pool.applyAsync(Tasks::spin, 700);
        Await.until("it runs", () -> owner.engine.runningTasks() == 1);
        Thread.currentThread().interrupt();
        pool.close();
        assertTrue(Thread.interrupted());
        assertTrue(result.isCancelled());
        assertFalse(pool.awaitReady(1, SECONDS));
        Await.until("the task has ended", () -> owner.engine.runningTasks() == 0);
        Await.until(
                "each worker has sent what it had to send, and taken another task",
                () -> new HashSet<>(ownersPids()).size() == 2);
        final Pattern ofGuests = Pattern.compile(".*/(replies|client)-[1-9].*");
        Await.until("nothing of the client is left", () -> manager.objects().stream()
                .noneMatch(object ->
                        object.name() != null && ofGuests.matcher(object.name()).matches()));
    }

    private static List<Long> ownersPids() {
        try {
            return owner.map(Tasks::pid, numbers(20), 1);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldForgetWhatAClientHadAskedForThatWasKilled() throws Exception {
        try (ForkedJvm client = ForkedJvm.start(Client.class, manager.name(), "calc")) {
            client.awaitLine("asked", DEADLINE);
            client.kill();
        }
        final long start = System.nanoTime();
        assertEquals(9, owner.<Integer, Integer>apply(Tasks::square, 3));
        assertTrue(System.nanoTime() - start < SECONDS.toNanos(10), "its 100 tasks of 1 s each are not done");
        Await.until("its lock is gone, so it is known to be", () -> objectsOf("calc").stream()
                .noneMatch(name -> name.contains("/client-")));
    }

    @Test
    void shouldSayThatThereIsNoSuchPoolOrThatItIsThereAlready() throws Exception {
        final CondatisException none = assertThrows(CondatisException.class, () -> Pool.attach(manager, "nothing"));
        assertTrue(none.getMessage().startsWith("no pool named nothing is at the manager "), none.getMessage());
        final PoolOptions same = new PoolOptions().workers(1).manager(manager).sharedAs("calc");
        final CondatisException taken = assertThrows(CondatisException.class, () -> Pool.start(same));
        assertTrue(taken.getMessage().startsWith("a pool named calc is at the manager "), taken.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Pool.start(new PoolOptions().sharedAs("x")));
        assertEquals(4, owner.<Integer, Integer>apply(Tasks::square, 2));
    }

    @Test
    void shouldLeaveThePoolAloneWhenAClientFindsNoRoomForItself() throws Exception {
        try (Manager full = Manager.embed(new ManagerOptions().maxObjects(20));
                Pool pool =
                        Pool.start(new PoolOptions().workers(1).manager(full).sharedAs("full"))) {
            assertTrue(pool.awaitReady(30, SECONDS));
            while (full.objectCount() < 20) {
                full.event("event " + full.objectCount());
            }
            final CondatisException e = assertThrows(CondatisException.class, () -> Pool.attach(full, "full"));
            assertTrue(e.getMessage().contains("maxObjects"), e::getMessage);
            assertEquals(49, pool.<Integer, Integer>apply(Tasks::square, 7));
        }
    }

    @Test
    void shouldEndForAllOnceAllIsDoneWhenAClientShutsItDown() throws Exception {
        final Pool pool =
                Pool.start(new PoolOptions().workers(1).manager(manager).sharedAs("short"));
        final Pool user = Pool.attach(manager, "short");
        final Pool idle = Pool.attach(manager, "short");
        final AsyncResult<Integer> mine = pool.applyAsync(() -> Tasks.squareAfter(2, 200));
        final AsyncResult<List<Integer>> theirs = idle.mapAsync(Tasks::square, numbers(20), new Job().chunkSize(1));
        user.shutdown();
        user.join();
        assertTrue(pool.awaitTermination(20, SECONDS));
        assertTrue(idle.awaitTermination(20, SECONDS));
        assertEquals(4, mine.get(0, SECONDS));
        assertEquals(squares(20), theirs.get(0, SECONDS));
        assertThrows(RejectedExecutionException.class, () -> idle.apply(Tasks::square, 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldLetAClientExitThatHasShutItDownWhileOthersTasksRun(final int ownTasks) throws Exception {
        final String name = "left-" + ownTasks;
        final Pool pool =
                Pool.start(new PoolOptions().workers(1).manager(manager).sharedAs(name));
        try {
            final AsyncResult<Integer> running = pool.applyAsync(() -> Tasks.sleep(600_000));
            Await.until("it runs", () -> pool.engine.runningTasks() > 0);
            try (ForkedJvm client = ForkedJvm.start(Leaver.class, manager.name(), name, String.valueOf(ownTasks))) {
                assertEquals(0, client.exitCode(DEADLINE), client::output);
            }
            Await.until("the owner has been told", pool::isShutdown);
            assertFalse(running.isDone());
        } finally {
            pool.terminate();
            pool.join();
        }
    }

    @Test
    void shouldLeaveItsNameToWhoWaitsForIt() throws Exception {
        final PoolOptions options =
                new PoolOptions().workers(1).manager(manager).sharedAs("heirloom");
        final Pool first = Pool.start(options);
        final FutureTask<Pool> heir = new FutureTask<>(() -> startOnceFree(options));
        new Thread(heir, "heir").start();
        Await.until(
                "it waits for the name",
                () -> manager.lock("pool/heirloom/owner").toString().contains("waiters="));
        first.close();
        try (Pool second = heir.get(30, SECONDS)) {
            assertThrows(CondatisException.class, () -> Pool.start(options), "the name is taken");
            assertEquals(9, second.<Integer, Integer>apply(Tasks::square, 3));
        }
        try (Pool third = Pool.start(options)) { // in the thread that started the first
            assertEquals(9, third.<Integer, Integer>apply(Tasks::square, 3));
        }
    }

    private static Pool startOnceFree(final PoolOptions options) {
        final long start = System.nanoTime();
        while (true) {
            try {
                return Pool.start(options);
            } catch (final CondatisException e) {
                if (System.nanoTime() - start > SECONDS.toNanos(20)) {
                    throw e;
                }
            }
        }
    }

    @Test
    void shouldEndForAllAtOnceWhenAClientTerminatesIt() throws Exception {
        final Pool pool =
                Pool.start(new PoolOptions().workers(1).manager(manager).sharedAs("doomed"));
        final Pool user = Pool.attach(manager, "doomed");
        final Pool other = Pool.attach(manager, "doomed");
        final AsyncResult<Integer> waiting = other.applyAsync(() -> Tasks.sleep(60_000));
        final AsyncResult<Integer> owners = pool.applyAsync(() -> Tasks.sleep(60_000));
        user.terminate();
        user.join();
        assertTrue(pool.awaitTermination(20, SECONDS));
        assertThrows(CancellationException.class, () -> waiting.get(20, SECONDS));
        assertThrows(CancellationException.class, () -> owners.get(20, SECONDS));
        assertTrue(other.awaitTermination(20, SECONDS));
    }

    @Test
    void shouldFailWhatClientsWaitForWhenTheOwnerIsKilledAndLeaveTheNameFree() throws Exception {
        final AsyncResult<Integer> waiting;
        try (ForkedJvm program = ForkedJvm.start(Owner.class, manager.name(), "mortal")) {
            program.awaitLine("shared", DEADLINE);
            final Pool user = Pool.attach(manager, "mortal");
            assertEquals(9, user.<Integer, Integer>apply(Tasks::square, 3));
            waiting = user.applyAsync(() -> Tasks.sleep(600_000));
            Await.until("it runs", () -> user.engine.runningTasks() > 0);
            program.kill();
            final ExecutionException e = assertThrows(ExecutionException.class, () -> waiting.get(20, SECONDS));
            assertEquals(
                    "mortal is broken: the process that has its workers (pid " + program.pid() + ") has died",
                    e.getCause().getMessage());
            assertTrue(user.awaitTermination(20, SECONDS));
            assertThrows(CondatisException.class, () -> user.apply(Tasks::square, 3));
        }
        Await.until("only the lock is left", () -> objectsOf("mortal").equals(List.of("pool/mortal/owner")));
        try (Pool again =
                Pool.start(new PoolOptions().workers(1).manager(manager).sharedAs("mortal"))) {
            assertEquals(9, again.<Integer, Integer>apply(Tasks::square, 3));
        }
        assertEquals(List.of(), objectsOf("mortal"));
    }

    private static List<String> objectsOf(final String pool) {
        return manager.objects().stream()
                .map(ManagedObject::name)
                .filter(name -> name.startsWith("pool/" + pool + "/"))
                .toList();
    }

    private static List<Integer> numbers(final int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<Integer> squares(final int count) {
        return IntStream.range(0, count).mapToObj(i -> i * i).toList();
    }

    /** Asks for a hundred seconds of work and waits to be killed. */
    static final class Client {
        public static void main(final String[] args) throws Exception {
            final Pool pool = Pool.attach(Manager.connect(args[0]), args[1]);
            for (int i = 0; i < 100; i++) {
                pool.applyAsync(() -> Tasks.sleep(1_000));
            }
            System.out.println("asked");
            TimeUnit.HOURS.sleep(1);
        }
    }

    /** Asks for what is never begun, if for anything, shuts the pool down, and comes to its end. */
    static final class Leaver {
        public static void main(final String[] args) {
            final Pool pool = Pool.attach(Manager.connect(args[0]), args[1]);
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                pool.applyAsync(() -> Tasks.sleep(600_000));
            }
            pool.shutdown();
        }
    }

    /** Shares a pool and waits to be killed. */
    static final class Owner {
        public static void main(final String[] args) throws Exception {
            final Pool pool = Pool.start(new PoolOptions()
                    .workers(1)
                    .manager(Manager.connect(args[0]))
                    .sharedAs(args[1]));
            pool.awaitReady(30, SECONDS);
            System.out.println("shared");
            TimeUnit.HOURS.sleep(1);
        }
    }
}
