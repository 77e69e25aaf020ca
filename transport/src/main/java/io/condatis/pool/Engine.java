package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What makes a pool go for one client: hands chunks to the tasks queue, hears how they ended, and ends all of it. */
final class Engine {
    private enum State {
        RUNNING,
        SHUTDOWN,
        ENDING,
        TERMINATED
    }

    private final String name;
    private final PoolOptions options;
    private final Payloads payloads;
    private final Payloads code = new Payloads(PayloadTypes.any());
    private final Callbacks callbacks;
    private final ScheduledThreadPoolExecutor timer;
    private final TaskIds ids;
    private final Map<Long, Chunk> chunks = new ConcurrentHashMap<>();
    private final Map<Long, Work> works = new ConcurrentHashMap<>();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final Side side;
    private Lines lines;
    private State state = State.RUNNING;
    private volatile Throwable broken;
    private Runnable atEnd;

    /**
     * @param name of the pool, for messages
     * @param options of the pool
     * @param client number of this one
     * @param newSide makes the side that this process is on
     */
    Engine(final String name, final PoolOptions options, final int client, final Function<Engine, Side> newSide) {
        this.name = name;
        this.options = options;
        ids = new TaskIds(client);
        payloads = new Payloads(options.types());
        callbacks = new Callbacks(name);
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        side = newSide.apply(this);
    }

    /** Starts what belongs to this side; when that fails nothing is left. */
    void start() {
        try {
            lines = side.start();
            daemon(() -> new ReplyReader(this, lines.replies(), payloads).run(), "replies")
                    .start();
        } catch (final RuntimeException e) {
            abandon();
            awaitTerminationUninterruptibly();
            throw broken == null ? e : new CondatisException(broken.getMessage(), broken);
        }
    }

    private void awaitTerminationUninterruptibly() {
        boolean interrupted = false;
        while (!isTerminated()) {
            try {
                terminated.await();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Thread daemon(final Runnable task, final String role) {
        final Thread thread = new Thread(task, name + "-" + role);
        thread.setDaemon(true);
        return thread;
    }

    Executor timer() {
        return timer;
    }

    // ---- work

    long nextId() {
        return ids.next();
    }

    /** Takes part in what keeps the pool from ending, until {@link #closed}. */
    void begin(final Work work, final Object function) {
        final byte[] bytes = work.stored ? encode(work, function) : null;
        synchronized (this) {
            checkRunning();
            works.put(work.id, work);
        }
        if (bytes != null) {
            try {
                lines.functions().put(work.id, bytes);
            } catch (final RuntimeException e) {
                closed(work);
                throw e;
            }
        }
    }

    byte[] encode(final Work work, final Object function) {
        try {
            return new FrameWriter().begin().payload(function, code).toBytes();
        } catch (final RuntimeException e) {
            throw new IllegalArgumentException(
                    "the function of '" + work.name + "' cannot be handed to a worker: " + e.getMessage(), e);
        }
    }

    private void checkRunning() {
        if (broken != null) {
            throw new CondatisException(broken.getMessage(), broken);
        }
        if (state != State.RUNNING) {
            throw new RejectedExecutionException(name + " takes no new work: it was shut down");
        }
    }

    /** One more chunk. */
    void submit(final Chunk chunk, final FrameWriter frame) throws InterruptedException {
        if (frame.position() > Frames.MAX_BYTES) {
            throw new CondatisException("the arguments of '" + chunk.label() + "' take " + frame.position()
                    + " bytes, the limit is " + Frames.MAX_BYTES + "; use smaller chunks, or hand over the name of a"
                    + " SharedMemory block");
        }
        chunk.work.opened();
        chunks.put(chunk.id, chunk);
        final int before = chunks.size();
        try {
            PatientPut.put(lines.tasks(), frame.buffer(), frame.position(), () -> chunks.size() < before);
        } catch (final RuntimeException | InterruptedException e) {
            chunks.remove(chunk.id);
            chunk.work.closed();
            if (e instanceof RuntimeException && isStopping()) {
                throw terminatedException();
            }
            throw e;
        }
        if (isStopping()) {
            chunk.work.abort(whyStopped());
        }
    }

    private synchronized boolean isStopping() {
        return state == State.ENDING || state == State.TERMINATED || broken != null;
    }

    Payloads payloads() {
        return payloads;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    int workers() {
        return options.workers();
    }

    PoolOptions options() {
        return options;
    }

    Side side() {
        return side;
    }

    /** The input of a work, or one of its chunks, is at its end. */
    void closed(final Work work) {
        if (!work.closed()) {
            return;
        }
        works.remove(work.id);
        try {
            if (work.stored) {
                lines.functions().remove(work.id);
            }
            if (work.isCancelled()) {
                lines.cancelled().remove(work.id);
            }
        } catch (final IllegalStateException | CondatisException e) {
            // The manager is gone, and what we would have removed with it.
        }
        endWhenIdle();
    }

    // ---- replies

    Chunk chunk(final long id) {
        return chunks.get(id);
    }

    /** A reply has come for a chunk: nobody works on it any more. */
    void answered(final Chunk chunk, final Outcome[] outcomes) {
        if (chunks.remove(chunk.id) == null) {
            return;
        }
        chunk.deadline(null);
        side.forget(chunk.id);
        try {
            if (chunk.settle()) {
                chunk.work.done(chunk, outcomes);
            } else {
                lines.cancelled().remove(chunk.id);
            }
        } finally {
            closed(chunk.work);
        }
    }

    /** So many workers died with a task that it is not begun again. */
    void lost(final Chunk chunk, final int deaths, final String lastWorker) {
        final String label = chunk.label();
        final String advice = deaths == 1
                ? "; it was not begun again, since it may have been done already; allow it with retries(n)"
                : ", as " + (deaths - 1) + " before it did";
        final WorkerDiedException failure = new WorkerDiedException(
                label, deaths, lastWorker + " of " + name + " died while it ran '" + label + "'" + advice);
        answered(chunk, all(chunk, Outcome.failed(failure)));
    }

    void started(final Chunk chunk, final int slot, final String where) {
        final long eachNs = chunk.work.job.timeoutNs();
        final long limitNs = eachNs > Long.MAX_VALUE / chunk.count ? Long.MAX_VALUE : eachNs * chunk.count;
        chunk.deadline(timer.schedule(() -> timedOut(chunk, slot, where, limitNs), limitNs, TimeUnit.NANOSECONDS));
    }

    private void timedOut(final Chunk chunk, final int slot, final String where, final long limitNs) {
        if (!chunks.containsKey(chunk.id) || !chunk.settle()) {
            return;
        }
        final String label = chunk.label();
        final TaskTimeoutException failure = new TaskTimeoutException(
                label, "'" + label + "' ran longer than " + Duration.ofNanos(limitNs) + " in " + where + " of " + name);
        forbid(chunk.id);
        chunk.work.done(chunk, all(chunk, Outcome.failed(failure)));
        interrupt(slot, chunk.id);
    }

    private static Outcome[] all(final Chunk chunk, final Outcome outcome) {
        final Outcome[] outcomes = new Outcome[chunk.count];
        Arrays.fill(outcomes, outcome);
        return outcomes;
    }

    /** A task, or every task of a work, is not begun any more. */
    private void forbid(final long id) {
        try {
            lines.cancelled().put(id, Boolean.TRUE);
            side.board().noteCancellation();
        } catch (final IllegalStateException | CondatisException e) {
            // The pool ends: nothing is begun any more.
        }
    }

    private void interrupt(final int slot, final long task) {
        side.board().interrupt(slot, task);
        if (options.killAfter() != null) {
            timer.schedule(() -> side.kill(slot, task), options.killAfter().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void cancel(final Work work, final boolean interrupt) {
        if (!works.containsKey(work.id) || isEnding()) {
            return; // whoever ends the pool ends all of its work, and the board goes with it
        }
        work.cancel();
        forbid(work.id);
        if (!works.containsKey(work.id)) {
            lines.cancelled().remove(work.id);
        }
        for (int slot = 0; interrupt && slot < options.workers(); slot++) {
            final Chunk running = chunks.get(side.board().running(slot));
            if (running != null && running.work == work) {
                interrupt(slot, running.id);
            }
        }
    }

    /** A client has left: what it had asked for is not begun any more, and interrupted. */
    void cancelAll(final int client) {
        forbid(TaskIds.allOf(client));
        for (int slot = 0; slot < options.workers(); slot++) {
            final long running = side.board().running(slot);
            if (running != 0 && TaskIds.clientOf(running) == client) {
                interrupt(slot, running);
            }
        }
    }

    /** Nothing works any more: all that waits fails, and so does what comes. */
    void breakDown(final Throwable why) {
        synchronized (this) {
            if (broken != null || state == State.ENDING || state == State.TERMINATED) {
                return;
            }
            broken = why;
        }
        side.breakDown(why);
        works.values().forEach(work -> work.abort(why));
        end(side.isOwner() ? Side.End.KILL : Side.End.LEAVE);
    }

    // ---- the end

    /** This process wants no more of it. */
    void close() {
        if (side.isOwner()) {
            shutdown();
        } else {
            leave();
        }
    }

    /** Of the pool, once all is done. */
    void shutdown() {
        if (refuseWork()) {
            side.shutdown();
            endWhenIdle();
        }
    }

    /** Only this process's part of it, once that is done. */
    void leave() {
        if (refuseWork()) {
            endWhenIdle();
        }
    }

    private synchronized boolean refuseWork() {
        if (state != State.RUNNING) {
            return false;
        }
        state = State.SHUTDOWN;
        return true;
    }

    void endWhenIdle() {
        synchronized (this) {
            if (state != State.SHUTDOWN || !works.isEmpty() || !side.isIdle()) {
                return;
            }
        }
        end(Side.End.DONE);
    }

    /** All that waits has failed when this returns, and the workers are about to end. */
    void terminate() {
        stop(Side.End.KILL);
    }

    /** This JVM ends, or the pool has been ended elsewhere: what waits here fails, and others are left alone. */
    void abandon() {
        stop(side.isOwner() ? Side.End.KILL : Side.End.LEAVE);
    }

    private void stop(final Side.End how) {
        if (end(how)) {
            works.values().forEach(work -> work.abort(terminatedException()));
        }
    }

    private CancellationException terminatedException() {
        return new CancellationException(name + " was terminated");
    }

    private Throwable whyStopped() {
        return broken == null ? terminatedException() : broken;
    }

    /** {@return whether it has begun the end; one that was begun before is hurried} */
    private boolean end(final Side.End how) {
        final boolean begins;
        synchronized (this) {
            if (state == State.TERMINATED) {
                return false;
            }
            begins = state != State.ENDING;
            state = State.ENDING;
        }
        if (begins) {
            side.stop(how);
            daemon(() -> finish(how), "end").start();
        } else if (how != Side.End.DONE) {
            side.hurry(how);
        }
        return begins;
    }

    private void finish(final Side.End how) {
        try {
            side.finish(how);
        } catch (final RuntimeException e) {
            Callbacks.report(name + " could not be cleared away", e);
        }
        timer.shutdownNow();
        callbacks.shutdown();
        synchronized (this) {
            state = State.TERMINATED;
            terminated.countDown();
            if (atEnd != null) {
                atEnd.run();
            }
        }
    }

    synchronized boolean isShutdown() {
        return state != State.RUNNING;
    }

    synchronized boolean isEnding() {
        return state == State.ENDING || state == State.TERMINATED;
    }

    boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    boolean awaitTermination(final long timeoutNs) throws InterruptedException {
        return terminated.await(timeoutNs, TimeUnit.NANOSECONDS);
    }

    /** {@return how many workers run something just now} */
    int runningTasks() {
        int running = 0;
        for (int slot = 0; slot < options.workers(); slot++) {
            running += side.board().running(slot) == 0 ? 0 : 1;
        }
        return running;
    }

    /** {@return the runnables that no worker runs, as far as can be told} */
    List<Runnable> neverBegun() {
        if (isEnding()) {
            return List.of(); // who ended it has been told
        }
        final Set<Long> running = new HashSet<>();
        for (int slot = 0; slot < options.workers(); slot++) {
            running.add(side.board().running(slot));
        }
        return chunks.values().stream()
                .filter(chunk -> chunk.work.runnable() != null && !running.contains(chunk.id))
                .map(chunk -> chunk.work.runnable())
                .toList();
    }

    /** Runs when nothing is left, or now. */
    synchronized void onTermination(final Runnable action) {
        atEnd = action;
        if (isTerminated()) {
            action.run();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
