package io.condatis.pool;

import io.condatis.manager.Manager;
import io.condatis.payload.PayloadTypes;
import io.condatis.process.Worker;
import io.condatis.process.Worker1;
import io.condatis.process.Worker2;
import io.condatis.process.WorkerOptions;
import io.condatis.process.WorkerProcess;
import java.time.Duration;
import java.util.Objects;

/** How a pool is started. Fluent; not thread-safe; copied when the pool starts. */
public final class PoolOptions {
    private static final Duration DEFAULT_KILL_AFTER = Duration.ofSeconds(1);
    /** Each at most four bytes, in the names of managed objects of at most 255. */
    private static final int MOST_CHARACTERS = 50;

    private int workers = Runtime.getRuntime().availableProcessors();
    private String name;
    private Worker initialiser;
    private int maxTasksPerChild;
    private int retries;
    private Duration taskTimeout;
    private Duration killAfter = DEFAULT_KILL_AFTER;
    private Manager manager;
    private WorkerOptions workerOptions = WorkerProcess.options();
    private PayloadTypes types = PayloadTypes.any();
    private String sharedName;

    /** The defaults: a worker for each processor, a manager of its own. */
    public PoolOptions() {}

    PoolOptions(final PoolOptions other) {
        workers = other.workers;
        name = other.name;
        initialiser = other.initialiser;
        maxTasksPerChild = other.maxTasksPerChild;
        retries = other.retries;
        taskTimeout = other.taskTimeout;
        killAfter = other.killAfter;
        manager = other.manager;
        workerOptions = other.workerOptions.copy();
        types = other.types;
        sharedName = other.sharedName;
    }

    /**
     * Sets the number of worker JVMs. Default: the number of processors.
     *
     * @param count at least 1
     * @return this
     */
    public PoolOptions workers(final int count) {
        workers = Checks.atLeast(1, count, "workers");
        return this;
    }

    /**
     * Names the pool; its workers are called so too, with a number. Default: {@code pool-} and a number.
     *
     * @param newName any text
     * @return this
     */
    public PoolOptions name(final String newName) {
        name = Objects.requireNonNull(newName, "name");
        return this;
    }

    /**
     * Runs in each worker before its first task. When it throws in three workers in a row, the pool is broken: everything
     * that waits for it fails, with what was thrown as the cause.
     *
     * @param target runs once in each worker
     * @return this
     */
    public PoolOptions initialiser(final Worker target) {
        initialiser = Objects.requireNonNull(target, "target");
        return this;
    }

    /**
     * Runs in each worker before its first task; see {@link #initialiser(Worker)}.
     *
     * @param <A> type of the argument
     * @param target runs once in each worker
     * @param argument serialisable
     * @return this
     */
    public <A> PoolOptions initialiser(final Worker1<A> target, final A argument) {
        Objects.requireNonNull(target, "target");
        return initialiser(() -> target.run(argument));
    }

    /**
     * Runs in each worker before its first task; see {@link #initialiser(Worker)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param target runs once in each worker
     * @param first argument, serialisable
     * @param second argument, serialisable
     * @return this
     */
    public <A, B> PoolOptions initialiser(final Worker2<A, B> target, final A first, final B second) {
        Objects.requireNonNull(target, "target");
        return initialiser(() -> target.run(first, second));
    }

    /**
     * Has a worker replaced by a fresh one after so many chunks. Default: never.
     *
     * @param count at least 1
     * @return this
     */
    public PoolOptions maxTasksPerChild(final int count) {
        maxTasksPerChild = Checks.atLeast(1, count, "maxTasksPerChild");
        return this;
    }

    /**
     * Sets how often a task is begun again when its worker dies with it. Default 0: it fails with
     * {@link WorkerDiedException}, since it may have been done already.
     *
     * @param count 0 for never
     * @return this
     */
    public PoolOptions retries(final int count) {
        retries = Checks.atLeast(0, count, "retries");
        return this;
    }

    /**
     * Sets how long each task may run; see {@link Job#timeout}. Default: for ever.
     *
     * @param longest more than zero
     * @return this
     */
    public PoolOptions taskTimeout(final Duration longest) {
        taskTimeout = Checks.positive(longest, "taskTimeout");
        return this;
    }

    /**
     * Sets how long a task that has been interrupted, because it was cancelled or ran out of time, may go on before its
     * worker is killed and replaced. Default: one second.
     *
     * @param grace more than zero; {@link #neverKill()} for no killing
     * @return this
     */
    public PoolOptions killAfter(final Duration grace) {
        killAfter = Checks.positive(grace, "killAfter");
        return this;
    }

    /**
     * Lets tasks that ignore their interruption keep their worker for as long as they like.
     *
     * @return this
     */
    public PoolOptions neverKill() {
        killAfter = null;
        return this;
    }

    /**
     * Uses a manager that is there already instead of one of the pool's own, which spares a server JVM. It must outlive the
     * pool.
     *
     * @param newManager of this process
     * @return this
     */
    public PoolOptions manager(final Manager newManager) {
        manager = Objects.requireNonNull(newManager, "manager");
        return this;
    }

    /**
     * Has the pool lie at its {@link #manager}, under a name by which every client of the manager can {@link Pool#attach} to
     * it. The workers are this process's and end with it. {@link Pool#shutdown()} and {@link Pool#close()} wait for what the
     * others have asked for, too.
     *
     * @param newName 1 to 50 characters; also what messages call it unless it is {@linkplain #name named} otherwise
     * @return this
     */
    public PoolOptions sharedAs(final String newName) {
        if (newName.isEmpty() || newName.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the name of a shared pool has 1 to " + MOST_CHARACTERS + " characters, not " + newName.length());
        }
        sharedName = newName;
        return this;
    }

    /**
     * Starts the workers with these options: flags of their JVMs, environment, output. Their names are the pool's, and they
     * always die with this process.
     *
     * @param options copied when the pool starts
     * @return this
     */
    public PoolOptions workerOptions(final WorkerOptions options) {
        workerOptions = Objects.requireNonNull(options, "options");
        return this;
    }

    /**
     * Restricts the classes that arguments and results may contain. Default: any class, since the workers are children of
     * this process that run its code anyway.
     *
     * @param allowed such as {@code PayloadTypes.standard().with(Order.class)}
     * @return this
     */
    public PoolOptions types(final PayloadTypes allowed) {
        types = Objects.requireNonNull(allowed, "types");
        return this;
    }

    void checkShared() {
        if (sharedName != null && manager == null) {
            throw new IllegalArgumentException("the pool " + sharedName
                    + " is to be shared: say at which manager, by PoolOptions.manager(manager)");
        }
    }

    /** {@return the name at the manager, or null when nobody else is to use it} */
    String sharedName() {
        return sharedName;
    }

    int workers() {
        return workers;
    }

    String nameOr(final String other) {
        return name != null ? name : sharedName != null ? sharedName : other;
    }

    Worker initialiser() {
        return initialiser;
    }

    int maxTasksPerChild() {
        return maxTasksPerChild;
    }

    int retries() {
        return retries;
    }

    Duration taskTimeout() {
        return taskTimeout;
    }

    Duration killAfter() {
        return killAfter;
    }

    Manager manager() {
        return manager;
    }

    WorkerOptions workerOptions() {
        return workerOptions;
    }

    PayloadTypes types() {
        return types;
    }
}
