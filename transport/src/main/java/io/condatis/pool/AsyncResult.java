package io.condatis.pool;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What a call of a pool will have given. A {@link Future} that keeps its answer: {@code get} may be called again and again.
 *
 * <p>Thread-safe. It always ends: with the result, with what the task threw, with {@link WorkerDiedException} or
 * {@link TaskTimeoutException}, or by cancellation, which is also what terminating the pool does to it.
 *
 * @param <T> the result
 */
public final class AsyncResult<T> implements Future<T> {
    private final Engine engine;
    private final Consumer<? super T> onResult;
    private final Consumer<? super Throwable> onFailure;
    private final AtomicReference<Ending> ending = new AtomicReference<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private CompletableFuture<T> stage;
    private volatile Work work;
    private volatile boolean submitted;
    private Runnable endAction;

    /** How it ended, and what the task is called. */
    private record Ending(String task, Outcome outcome) {}

    AsyncResult(final Engine engine, final Consumer<? super T> onResult, final Consumer<? super Throwable> onFailure) {
        this.engine = engine;
        this.onResult = onResult;
        this.onFailure = onFailure;
    }

    void of(final Work newWork) {
        work = newWork;
    }

    /** The first caller decides; callbacks run before anybody sees it. */
    void settle(final String task, final Outcome outcome) {
        final Ending first = new Ending(task, outcome);
        if (!ending.compareAndSet(null, first)) {
            return;
        }
        if (hasCallbacks()) {
            engine.callbacks().run(() -> publish(afterCallbacks(first)));
        } else {
            publish(first);
        }
    }

    private boolean hasCallbacks() {
        return onResult != null || onFailure != null;
    }

    @SuppressWarnings("unchecked")
    private Ending afterCallbacks(final Ending first) {
        try {
            if (first.outcome.isFailure()) {
                if (onFailure != null) {
                    onFailure.accept(first.outcome.failure());
                }
            } else if (onResult != null) {
                onResult.accept((T) first.outcome.value());
            }
            return first;
        } catch (final RuntimeException | Error e) {
            return new Ending(first.task, Outcome.failed(Callbacks.thrown(first.task, e)));
        }
    }

    private void publish(final Ending last) {
        final CompletableFuture<T> told;
        final Runnable action;
        synchronized (this) {
            ending.set(last);
            ready.countDown();
            told = stage;
            action = endAction;
        }
        if (action != null) {
            action.run();
        }
        if (told != null) {
            engine.callbacks().run(() -> complete(told, last.outcome));
        }
    }

    @SuppressWarnings("unchecked")
    private void complete(final CompletableFuture<T> told, final Outcome outcome) {
        if (outcome.isFailure()) {
            told.completeExceptionally(outcome.failure());
        } else {
            told.complete((T) outcome.value());
        }
    }

    /**
     * Waits for the result.
     *
     * @return the result
     * @throws ExecutionException when it failed: the cause is what was thrown, with the worker's stack trace
     * @throws CancellationException when it was cancelled or the pool was terminated
     * @throws InterruptedException when interrupted while waiting
     */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        await();
        return report();
    }

    /**
     * Waits for the result, but not for ever.
     *
     * @param timeout longest wait
     * @param unit of the time-out
     * @return the result
     * @throws TimeoutException when it is not there in time; it may still come
     * @throws ExecutionException when it failed: the cause is what was thrown, with the worker's stack trace
     * @throws CancellationException when it was cancelled or the pool was terminated
     * @throws InterruptedException when interrupted while waiting
     */
    @Override
    public T get(final long timeout, final TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (!await(timeout, unit)) {
            throw new TimeoutException("'" + work.name + "' of " + engine + " has not ended within " + timeout + " "
                    + unit.name().toLowerCase(Locale.ROOT));
        }
        return report();
    }

    @SuppressWarnings("unchecked")
    private T report() throws ExecutionException {
        final Ending last = ending.get();
        final Throwable failure = last.outcome.failure();
        if (failure instanceof CancellationException && last.outcome.where() == null) {
            throw (CancellationException) failure;
        }
        if (last.outcome.isFailure()) {
            throw new ExecutionException(message(last), failure);
        }
        return (T) last.outcome.value();
    }

    private static String message(final Ending last) {
        return last.outcome.where() == null
                ? "'" + last.task + "' failed: " + last.outcome.failure()
                : "'" + last.task + "' failed in " + last.outcome.where() + ": " + last.outcome.failure();
    }

    /** A task that could not be handed over is refused, as an executor does. */
    void throwIfRefused() {
        final Ending last = ending.get();
        if (last != null && last.outcome.failure() instanceof RuntimeException why && !submitted) {
            throw new RejectedExecutionException(why.getMessage(), why);
        }
    }

    void submitted() {
        submitted = true;
    }

    /** Runs at the end, in the thread that ends it, or now. */
    void onEnd(final Runnable action) {
        synchronized (this) {
            if (!isDone()) {
                endAction = action;
                return;
            }
        }
        action.run();
    }

    /** For the calls that wait by themselves: unchecked, and withdrawn when the waiting is interrupted. */
    @SuppressWarnings("unchecked")
    T join() throws InterruptedException {
        try {
            await();
        } catch (final InterruptedException e) {
            cancel(true);
            throw e;
        }
        final Ending last = ending.get();
        if (last.outcome.isFailure()) {
            throw unchecked(last.task, last.outcome);
        }
        return (T) last.outcome.value();
    }

    /** The pool's own exceptions as they are, those of tasks as the cause of ours. */
    static RuntimeException unchecked(final String task, final Outcome outcome) {
        if (outcome.where() == null && outcome.failure() instanceof RuntimeException own) {
            return own;
        }
        return new TaskFailedException(message(new Ending(task, outcome)), outcome.failure());
    }

    /**
     * Waits until it has ended, however.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    public void await() throws InterruptedException {
        checkMayWait();
        ready.await();
    }

    /**
     * Waits until it has ended, however, but not for ever.
     *
     * @param timeout longest wait
     * @param unit of the time-out
     * @return whether it has ended
     * @throws InterruptedException when interrupted while waiting
     */
    public boolean await(final long timeout, final TimeUnit unit) throws InterruptedException {
        return ready.await(timeout, unit);
    }

    private void checkMayWait() {
        if (hasCallbacks() && !isDone()) {
            engine.callbacks().checkMayWait();
        }
    }

    /** {@return whether it has ended, however} */
    @Override
    public boolean isDone() {
        return ready.getCount() == 0;
    }

    /**
     * {@return whether it ended with a result}
     *
     * @throws IllegalStateException when it has not ended
     */
    public boolean isSuccessful() {
        if (!isDone()) {
            throw new IllegalStateException("'" + work.name + "' of " + engine + " has not ended yet");
        }
        return !ending.get().outcome.isFailure();
    }

    /**
     * Gives it up: what is queued is not run any more. Results that come nevertheless are dropped.
     *
     * @param mayInterruptIfRunning whether threads that run it in a worker are interrupted, and killed with their worker
     *     when they go on for longer than {@link PoolOptions#killAfter}
     * @return false when it had ended before
     */
    @Override
    public boolean cancel(final boolean mayInterruptIfRunning) {
        final Work cancelled = work;
        final Ending end = new Ending(
                cancelled.name, Outcome.failed(new CancellationException("'" + cancelled.name + "' was cancelled")));
        if (!ending.compareAndSet(null, end)) {
            return false;
        }
        publish(end);
        engine.cancel(cancelled, mayInterruptIfRunning);
        return true;
    }

    /** {@return whether it was cancelled, by itself or with its pool} */
    @Override
    public boolean isCancelled() {
        if (!isDone()) {
            return false;
        }
        final Outcome outcome = ending.get().outcome;
        return outcome.where() == null && outcome.failure() instanceof CancellationException;
    }

    /**
     * {@return a future of its own that ends as this one does} Its dependent actions run in the pool's callback thread;
     * cancelling it changes nothing here.
     */
    public CompletableFuture<T> toCompletableFuture() {
        synchronized (this) {
            if (stage == null) {
                stage = new CompletableFuture<>();
            }
            if (isDone()) {
                complete(stage, ending.get().outcome);
            }
            return stage.copy();
        }
    }

    @Override
    public String toString() {
        final String state = !isDone() ? "not ended" : isCancelled() ? "cancelled" : isSuccessful() ? "done" : "failed";
        return "AsyncResult(" + (work == null ? "" : work.name + ", ") + state + ")";
    }
}
