package io.condatis.pool;

import io.condatis.process.WorkerProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The pool as {@code java.util.concurrent} knows it, and its end. */
abstract class PoolExecutor implements ExecutorService, AutoCloseable {
    private static final Job DEFAULTS = new Job();

    final Engine engine;
    final Calls calls;

    PoolExecutor(final Engine engine) {
        this.engine = engine;
        calls = new Calls(engine);
    }

    private <T> AsyncResult<T> single(final Object task) {
        return calls.single(task, List.of(), DEFAULTS, Calls.Listeners.none());
    }

    /**
     * Has a task run in a worker.
     *
     * @param <T> type of the result
     * @param task serialisable
     * @return what it will have given; also what cannot be handed over is told there
     * @throws RejectedExecutionException when the pool was shut down
     */
    public <T> AsyncResult<T> submit(final Task<T> task) {
        return single(task);
    }

    /**
     * Has a task without a result run in a worker.
     *
     * @param task serialisable
     * @return ends with null
     * @throws RejectedExecutionException when the pool was shut down
     */
    public AsyncResult<Void> submit(final Action task) {
        return single(task);
    }

    /**
     * Has a task run in a worker; it must be serialisable.
     *
     * @param <T> type of the result
     * @param task a {@link Task}, or another object that is serialisable
     * @return what it will have given
     * @throws RejectedExecutionException when the pool was shut down
     */
    @Override
    public <T> AsyncResult<T> submit(final Callable<T> task) {
        return single(task);
    }

    /**
     * Has a task without a result run in a worker; it must be serialisable.
     *
     * @param task an {@link Action}, or another object that is serialisable
     * @return ends with null
     * @throws RejectedExecutionException when the pool was shut down
     */
    @Override
    public AsyncResult<?> submit(final Runnable task) {
        return single(task);
    }

    /**
     * Has a task run in a worker; it must be serialisable.
     *
     * @param <T> type of the result
     * @param task an {@link Action}, or another object that is serialisable
     * @param result travels with the task
     * @return ends with a copy of the result
     * @throws RejectedExecutionException when the pool was shut down
     */
    @Override
    public <T> AsyncResult<T> submit(final Runnable task, final T result) {
        Objects.requireNonNull(task, "task");
        final Task<T> both = () -> {
            task.run();
            return result;
        };
        return single(both);
    }

    /**
     * Has a task run in a worker. What it throws is logged.
     *
     * @param task serialisable
     * @throws RejectedExecutionException when the pool was shut down or the task cannot be handed over
     */
    public void execute(final Action task) {
        execute((Runnable) task);
    }

    /**
     * Has a task run in a worker; it must be serialisable. What it throws is logged.
     *
     * @param task an {@link Action}, or another object that is serialisable
     * @throws RejectedExecutionException when the pool was shut down or the task cannot be handed over
     */
    @Override
    public void execute(final Runnable task) {
        final AsyncResult<Void> result = calls.single(
                task,
                List.of(),
                DEFAULTS,
                new Calls.Listeners<>(null, failure -> Callbacks.report("a task of " + engine + " failed", failure)));
        result.throwIfRefused();
    }

    @Override
    public <T> List<Future<T>> invokeAll(final Collection<? extends Callable<T>> tasks) throws InterruptedException {
        final List<Future<T>> results = submitAll(tasks);
        try {
            for (final Future<T> result : results) {
                ((AsyncResult<T>) result).await();
            }
            return results;
        } catch (final InterruptedException e) {
            results.forEach(result -> result.cancel(true));
            throw e;
        }
    }

    @Override
    public <T> List<Future<T>> invokeAll(
            final Collection<? extends Callable<T>> tasks, final long timeout, final TimeUnit unit)
            throws InterruptedException {
        final long deadline = System.nanoTime() + unit.toNanos(timeout);
        final List<Future<T>> results = submitAll(tasks);
        try {
            for (final Future<T> result : results) {
                ((AsyncResult<T>) result).await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return results;
        } finally {
            results.forEach(result -> result.cancel(true));
        }
    }

    private <T> List<Future<T>> submitAll(final Collection<? extends Callable<T>> tasks) {
        tasks.forEach(task -> Objects.requireNonNull(task, "task"));
        final List<Future<T>> results = new ArrayList<>(tasks.size());
        try {
            for (final Callable<T> task : tasks) {
                results.add(single(task));
            }
            return results;
        } catch (final RuntimeException e) {
            results.forEach(result -> result.cancel(true));
            throw e;
        }
    }

    @Override
    public <T> T invokeAny(final Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (final TimeoutException e) {
            throw new AssertionError("longer than 292 years", e);
        }
    }

    @Override
    public <T> T invokeAny(final Collection<? extends Callable<T>> tasks, final long timeout, final TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task");
        }
        final List<AsyncResult<T>> results = new ArrayList<>(tasks.size());
        final BlockingQueue<AsyncResult<T>> ended = new LinkedBlockingQueue<>();
        try {
            for (final Callable<T> task : tasks) {
                final AsyncResult<T> result = single(Objects.requireNonNull(task, "task"));
                results.add(result);
                result.onEnd(() -> ended.add(result));
            }
            return firstSuccess(results.size(), ended, unit.toNanos(timeout));
        } finally {
            results.forEach(result -> result.cancel(true));
        }
    }

    private <T> T firstSuccess(final int count, final BlockingQueue<AsyncResult<T>> ended, final long timeoutNs)
            throws InterruptedException, ExecutionException, TimeoutException {
        final long start = System.nanoTime();
        ExecutionException failure = null;
        for (int i = 0; i < count; i++) {
            final AsyncResult<T> next = ended.poll(timeoutNs - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new TimeoutException("none of " + count + " tasks of " + engine + " has ended with a result in "
                        + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms");
            }
            try {
                return next.get();
            } catch (final ExecutionException e) {
                failure = e;
            } catch (final CancellationException e) {
                failure = new ExecutionException(e);
            }
        }
        throw failure;
    }

    // ---- the end

    /**
     * Takes no new work, from any client; all that was handed over is done, then the workers end. Does not wait. Python's
     * {@code close}.
     */
    @Override
    public void shutdown() {
        engine.shutdown();
    }

    /**
     * {@link #terminate() Terminates} the pool.
     *
     * @return the {@code Runnable}s that no worker had begun, as far as can be told; they are cancelled too
     */
    @Override
    public List<Runnable> shutdownNow() {
        final List<Runnable> neverBegun = engine.neverBegun();
        engine.terminate();
        return neverBegun;
    }

    /**
     * Ends the pool for every client and its workers at once, by SIGTERM and half a second later by SIGKILL. All that waits
     * for a result gets a {@link CancellationException}. Does not wait for the workers. Idempotent.
     */
    public void terminate() {
        engine.terminate();
    }

    /**
     * Waits until the workers have ended and nothing is left in shared memory.
     *
     * @throws IllegalStateException when the pool was not shut down, for it would never end
     * @throws InterruptedException when interrupted while waiting
     */
    public void join() throws InterruptedException {
        if (!engine.isShutdown()) {
            throw new IllegalStateException(engine + " is still running: call shutdown() or terminate() before join()");
        }
        engine.awaitTermination(Long.MAX_VALUE);
    }

    /**
     * Waits until all that was handed over is done, and ends the pool; where it was {@linkplain Pool#attach attached} to, only
     * what was handed over here is waited for, and the pool goes on for others. When the waiting is interrupted the pool is
     * terminated, or left, at once and the interrupt kept. To end it at once, call {@link #terminate()} before.
     */
    @Override
    public void close() {
        engine.close();
        boolean interrupted = false;
        while (!engine.isTerminated()) {
            try {
                engine.awaitTermination(Long.MAX_VALUE);
            } catch (final InterruptedException e) {
                interrupted = true;
                engine.abandon();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isShutdown() {
        return engine.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return engine.isTerminated();
    }

    @Override
    public boolean awaitTermination(final long timeout, final TimeUnit unit) throws InterruptedException {
        return engine.awaitTermination(unit.toNanos(timeout));
    }

    /**
     * Waits until every worker has come to its tasks, for those who must not pay for the start later.
     *
     * @param timeout longest wait
     * @param unit of the time-out
     * @return whether all are ready
     * @throws InterruptedException when interrupted while waiting
     */
    public boolean awaitReady(final long timeout, final TimeUnit unit) throws InterruptedException {
        return engine.side().awaitReady(unit.toNanos(timeout));
    }

    /** {@return the workers that live; none where the pool was {@linkplain Pool#attach attached} to, for they are not this process's} */
    public List<WorkerProcess> workers() {
        return engine.side().workers();
    }

    /** {@return the name from the options, or {@code pool-} and a number} */
    public String name() {
        return engine.toString();
    }

    @Override
    public String toString() {
        return "Pool(" + engine + ", "
                + (engine.side().isOwner()
                        ? workers().size() + " workers"
                        : "attached, " + engine.workers() + " workers")
                + (isTerminated() ? ", ended)" : isShutdown() ? ", shut down)" : ")");
    }
}
