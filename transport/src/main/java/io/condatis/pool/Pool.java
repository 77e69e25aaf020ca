package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.manager.Manager;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A pool of worker JVMs that run tasks: an {@link ExecutorService} across processes, and CPython's {@code
 * multiprocessing.Pool}.
 *
 * <pre>{@code
 * try (Pool pool = Pool.start(4)) {
 *     List<Double> prices = pool.map(Desk::price, orders);
 *     Future<Report> report = pool.submit(() -> Desk.report("today"));
 * }
 * }</pre>
 *
 * <p>Tasks are lambdas, method references or objects; they are serialised, with what they capture, and so are arguments and
 * results. A function that is mapped is made once in each worker, not for each item. A lambda that is handed over as a plain
 * {@code Callable} or {@code Runnable} variable must be serialisable.
 *
 * <p><b>Failures.</b> What a task throws comes back as itself, with its stack trace in the worker; the calls that wait throw
 * it as the cause of a {@link TaskFailedException}, futures as the cause of an {@link ExecutionException}. When a worker
 * dies, the task that it ran fails with {@link WorkerDiedException}, or is begun again where {@link PoolOptions#retries}
 * allow; every other task goes on, and the worker is replaced. When no worker can be started any more, everything fails.
 *
 * <p><b>Ends.</b> {@link #close()} and {@link #shutdown()} let all tasks end first, {@link #terminate()} does not: what
 * waits for a result then gets a {@link java.util.concurrent.CancellationException}. A pool that this JVM forgets is ended
 * with it; one that dies with it by SIGKILL takes its workers along.
 *
 * <p><b>Sharing.</b> With {@link PoolOptions#sharedAs} the pool lies at a manager, and every process that is connected to
 * that can {@link #attach} to it.
 *
 * <p>Thread-safe. Not serialisable: others attach by name.
 */
public final class Pool extends PoolExecutor {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Job DEFAULTS = new Job();

    private Pool(final Engine engine) {
        super(engine);
    }

    /**
     * Starts a pool with a worker for each processor.
     *
     * @return the pool; its workers may still be starting
     * @throws CondatisException when it cannot be started; nothing is left of it then
     */
    public static Pool start() {
        return start(new PoolOptions());
    }

    /**
     * Starts a pool.
     *
     * @param workers how many JVMs, at least 1
     * @return the pool; its workers may still be starting
     * @throws CondatisException when it cannot be started; nothing is left of it then
     */
    public static Pool start(final int workers) {
        return start(new PoolOptions().workers(workers));
    }

    /**
     * Starts a pool.
     *
     * @param options copied
     * @return the pool; its workers may still be starting
     * @throws CondatisException when it cannot be started; nothing is left of it then
     * @throws IllegalArgumentException when the initialiser is not serialisable
     */
    public static Pool start(final PoolOptions options) {
        JvmFlags.check();
        final PoolOptions copy = new PoolOptions(options);
        copy.checkShared();
        final String name = copy.nameOr("pool-" + STARTED.incrementAndGet());
        return open(new Engine(name, copy, TaskIds.OWNER, engine -> new OwnerSide(engine, copy)));
    }

    /**
     * Uses a pool that another process has started with {@link PoolOptions#sharedAs}: CPython's proxy of a {@code
     * Manager().Pool()}. What is called here is done by the workers of that process, side by side with what others ask of
     * them, and comes back here: results, failures, progress, cancellation and time-outs are this process's own.
     *
     * <p>{@link #close()} only leaves. {@link #shutdown()} and {@link #terminate()} end the pool, for everybody. When the
     * process that started it dies its workers die too, and all that waits here fails with a {@link CondatisException} that
     * says so; when this process dies, what it had asked for and nobody has begun is not begun, and others notice nothing.
     *
     * @param manager of this process, connected to the one that the pool is at; it must outlive what this returns
     * @param name given to {@link PoolOptions#sharedAs}
     * @return the pool, to be closed
     * @throws CondatisException when the manager has no pool of that name
     */
    public static Pool attach(final Manager manager, final String name) {
        final Names names = new Names(manager.name(), name);
        final Register register = new Register(manager, names);
        final PoolInfo info = register.read();
        final int client = register.newClient();
        final PoolOptions options = info.options(name);
        return open(new Engine(name, options, client, engine -> new GuestSide(engine, manager, names, info, client)));
    }

    private static Pool open(final Engine engine) {
        engine.start();
        final ExitHooks.Registration atExit = ExitHooks.register(() -> endAtExit(engine));
        engine.onTermination(atExit::cancel);
        final Pool pool = new Pool(engine);
        CLEANER.register(pool, () -> forgotten(engine));
        return pool;
    }

    private static void endAtExit(final Engine engine) throws InterruptedException {
        engine.abandon();
        engine.awaitTermination(Long.MAX_VALUE);
    }

    private static void forgotten(final Engine engine) {
        if (!engine.isShutdown()) {
            Callbacks.report(
                    engine + " was not closed and nobody refers to it any more: it ends when its work is done", null);
            engine.close();
        }
    }

    // ---- one task

    /**
     * Runs a task in a worker and waits.
     *
     * @param <R> type of the result
     * @param task serialisable
     * @return its result
     * @throws InterruptedException when interrupted while waiting; the task is cancelled
     * @throws TaskFailedException when it threw
     * @throws WorkerDiedException when its worker died
     * @throws TaskTimeoutException when it ran too long
     */
    public <R> R apply(final Task<R> task) throws InterruptedException {
        return applyAsync(task).join();
    }

    /**
     * Runs a task with an argument; see {@link #apply(Task)}.
     *
     * @param <A> type of the argument
     * @param <R> type of the result
     * @param task serialisable
     * @param argument a copy goes to the worker
     * @return its result
     * @throws InterruptedException when interrupted while waiting; the task is cancelled
     */
    public <A, R> R apply(final Task1<? super A, ? extends R> task, final A argument) throws InterruptedException {
        return calls.<R>single(task, Calls.list(argument), DEFAULTS, Calls.Listeners.none())
                .join();
    }

    /**
     * Runs a task with two arguments; see {@link #apply(Task)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <R> type of the result
     * @param task serialisable
     * @param first argument
     * @param second argument
     * @return its result
     * @throws InterruptedException when interrupted while waiting; the task is cancelled
     */
    public <A, B, R> R apply(final Task2<? super A, ? super B, ? extends R> task, final A first, final B second)
            throws InterruptedException {
        return calls.<R>single(task, Calls.list(first, second), DEFAULTS, Calls.Listeners.none())
                .join();
    }

    /**
     * Has a task run in a worker.
     *
     * @param <R> type of the result
     * @param task serialisable
     * @return what it will have given; also what cannot be handed over is told there
     * @throws RejectedExecutionException when the pool was shut down
     */
    public <R> AsyncResult<R> applyAsync(final Task<R> task) {
        return applyAsync(task, DEFAULTS);
    }

    /**
     * Has a task run in a worker, with settings of its own; see {@link #applyAsync(Task)}.
     *
     * @param <R> type of the result
     * @param task serialisable
     * @param job name, time-out and the like
     * @return what it will have given
     */
    public <R> AsyncResult<R> applyAsync(final Task<R> task, final Job job) {
        return calls.single(task, List.of(), job, Calls.Listeners.none());
    }

    /**
     * Has a task run in a worker and says so; see {@link #applyAsync(Task)}. One of the callbacks runs, in the pool's
     * callback thread, before the result shows that it has ended; when the callback throws, that is how the result ended.
     *
     * @param <R> type of the result
     * @param task serialisable
     * @param job name, time-out and the like
     * @param onResult gets the result; may be null
     * @param onFailure gets what was thrown; may be null
     * @return what it will have given
     */
    public <R> AsyncResult<R> applyAsync(
            final Task<R> task,
            final Job job,
            final Consumer<? super R> onResult,
            final Consumer<? super Throwable> onFailure) {
        return calls.single(task, List.of(), job, new Calls.Listeners<>(onResult, onFailure));
    }

    /**
     * Has a task with an argument run in a worker; see {@link #applyAsync(Task)}.
     *
     * @param <A> type of the argument
     * @param <R> type of the result
     * @param task serialisable
     * @param argument a copy goes to the worker
     * @return what it will have given
     */
    public <A, R> AsyncResult<R> applyAsync(final Task1<? super A, ? extends R> task, final A argument) {
        return calls.single(task, Calls.list(argument), DEFAULTS, Calls.Listeners.none());
    }

    // ---- many tasks

    /**
     * Runs a function for each item and waits for all.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read whole before anything begins; what reading throws is thrown here
     * @return the results, in the order of the items, unmodifiable
     * @throws InterruptedException when interrupted while waiting; the tasks are cancelled
     * @throws TaskFailedException when a task threw, after all others have ended, but for the rest of its chunk, which is
     *     not begun: the first in the order of the items
     * @throws WorkerDiedException when a worker died
     * @throws TaskTimeoutException when a chunk ran too long
     */
    public <A, R> List<R> map(final Task1<? super A, ? extends R> function, final Iterable<? extends A> items)
            throws InterruptedException {
        return map(function, items, DEFAULTS);
    }

    /**
     * Runs a function for each item, so many items at a time; see {@link #map(Task1, Iterable)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read whole before anything begins
     * @param chunkSize at least 1
     * @return the results, in the order of the items
     * @throws InterruptedException when interrupted while waiting; the tasks are cancelled
     */
    public <A, R> List<R> map(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items, final int chunkSize)
            throws InterruptedException {
        return map(function, items, new Job().chunkSize(chunkSize));
    }

    /**
     * Runs a function for each item, with settings of its own; see {@link #map(Task1, Iterable)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read whole before anything begins
     * @param job name, chunk size, time-out and the like
     * @return the results, in the order of the items
     * @throws InterruptedException when interrupted while waiting; the tasks are cancelled
     */
    public <A, R> List<R> map(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items, final Job job)
            throws InterruptedException {
        return this.<A, R>mapAsync(function, items, job).join();
    }

    /**
     * Has a function run for each item; see {@link #map(Task1, Iterable)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read whole before this returns
     * @return the results that there will be
     */
    public <A, R> AsyncResult<List<R>> mapAsync(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items) {
        return mapAsync(function, items, DEFAULTS);
    }

    /**
     * Has a function run for each item, with settings of its own; see {@link #map(Task1, Iterable)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read whole before this returns
     * @param job name, chunk size, time-out and the like
     * @return the results that there will be
     */
    public <A, R> AsyncResult<List<R>> mapAsync(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items, final Job job) {
        return calls.map(function, items, false, job, Calls.Listeners.none());
    }

    /**
     * Has a function run for each item and says so; see {@link #map(Task1, Iterable)} and, about the callbacks, {@link
     * #applyAsync(Task, Job, Consumer, Consumer)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read whole before this returns
     * @param job name, chunk size, time-out and the like
     * @param onResult gets all results; may be null
     * @param onFailure gets what was thrown; may be null
     * @return the results that there will be
     */
    public <A, R> AsyncResult<List<R>> mapAsync(
            final Task1<? super A, ? extends R> function,
            final Iterable<? extends A> items,
            final Job job,
            final Consumer<? super List<R>> onResult,
            final Consumer<? super Throwable> onFailure) {
        return calls.map(function, items, false, job, new Calls.Listeners<>(onResult, onFailure));
    }

    /**
     * Runs a function of two arguments for each pair and waits; otherwise as {@link #map(Task1, Iterable)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <R> type of the results
     * @param function serialisable
     * @param pairs such as {@code Map.entry(a, b)}, or the entries of a map
     * @return the results, in the order of the pairs
     * @throws InterruptedException when interrupted while waiting; the tasks are cancelled
     */
    public <A, B, R> List<R> starmap(
            final Task2<? super A, ? super B, ? extends R> function,
            final Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs)
            throws InterruptedException {
        return this.<A, B, R>starmapAsync(function, pairs, DEFAULTS).join();
    }

    /**
     * Has a function of two arguments run for each pair; otherwise as {@link #mapAsync(Task1, Iterable, Job)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <R> type of the results
     * @param function serialisable
     * @param pairs such as {@code Map.entry(a, b)}, or the entries of a map
     * @param job name, chunk size, time-out and the like
     * @return the results that there will be
     */
    public <A, B, R> AsyncResult<List<R>> starmapAsync(
            final Task2<? super A, ? super B, ? extends R> function,
            final Iterable<? extends Map.Entry<? extends A, ? extends B>> pairs,
            final Job job) {
        return calls.map(function, pairs, true, job, Calls.Listeners.none());
    }

    /**
     * Runs a function for each item, reading the input and giving the results one by one, in the order of the items.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read by and by, in the thread that takes the results
     * @param job name, chunk size, look-ahead and the like
     * @return the results; to be closed when it is not read to its end
     */
    public <A, R> ResultIterator<R> imap(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items, final Job job) {
        return calls.stream(function, items, true, job);
    }

    /**
     * Runs a function for each item and gives the results in the order of the items; see {@link #imap(Task1, Iterable, Job)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read by and by
     * @return the results; to be closed when it is not read to its end
     */
    public <A, R> ResultIterator<R> imap(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items) {
        return imap(function, items, DEFAULTS);
    }

    /**
     * Runs a function for each item and gives the results as they come; otherwise as {@link #imap(Task1, Iterable, Job)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read by and by
     * @param job name, chunk size, look-ahead and the like
     * @return the results; to be closed when it is not read to its end
     */
    public <A, R> ResultIterator<R> imapUnordered(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items, final Job job) {
        return calls.stream(function, items, false, job);
    }

    /**
     * Runs a function for each item and gives the results as they come; see {@link #imap(Task1, Iterable, Job)}.
     *
     * @param <A> type of the items
     * @param <R> type of the results
     * @param function serialisable
     * @param items read by and by
     * @return the results; to be closed when it is not read to its end
     */
    public <A, R> ResultIterator<R> imapUnordered(
            final Task1<? super A, ? extends R> function, final Iterable<? extends A> items) {
        return imapUnordered(function, items, DEFAULTS);
    }
}
