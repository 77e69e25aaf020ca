package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;

/** What makes a pool go: hands chunks to the tasks queue, hears the replies, keeps the crew, and ends all of it. */
final class Engine {
    private static final long END_GRACE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long TERMINATION_GRACE_NS = TimeUnit.MILLISECONDS.toNanos(500);

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
    private final Board board;
    private final Crew crew;
    private final Callbacks callbacks;
    private final ScheduledThreadPoolExecutor timer;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Chunk> chunks = new ConcurrentHashMap<>();
    private final Map<Long, Work> works = new ConcurrentHashMap<>();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final WorkerSetup.Names names;
    private final ManagerHold hold;
    private JoinableQueue<byte[]> tasks;
    private Map<Long, byte[]> functions;
    private Map<Long, Boolean> cancelled;
    private State state = State.RUNNING;
    private volatile Throwable broken;
    private Runnable atEnd;

    Engine(final String name, final PoolOptions options) {
        this.name = name;
        this.options = options;
        payloads = new Payloads(options.types());
        callbacks = new Callbacks(name);
        timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        names = new WorkerSetup.Names(
                options.manager() == null
                        ? ManagerHold.newName()
                        : options.manager().name(),
                ManagerHold.newName());
        hold = new ManagerHold(options.manager(), names.manager());
        board = Board.create("condatis-pool-" + names.pool(), options.workers());
        crew = new Crew(options, name, this::setup, board, timer, this::breakDown);
    }

    private WorkerSetup setup(final int slot) {
        return new WorkerSetup(names, board, slot, options.initialiser(), options.maxTasksPerChild(), options.types());
    }

    /** Starts the manager and the workers at the same time; when one fails nothing is left. */
    void start() {
        hold.start();
        try {
            crew.startAll();
            final Manager manager = hold.get();
            tasks = manager.joinableQueue(names.tasks(), 0);
            functions = manager.dict(names.functions());
            cancelled = manager.dict(names.cancelled());
            final JoinableQueue<byte[]> replies = manager.joinableQueue(names.replies(), 0);
            daemon(() -> new ReplyReader(this, replies, payloads).run(), "replies")
                    .start();
        } catch (final RuntimeException e) {
            end(0, true);
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

    private Thread daemon(final Runnable task, final String role) {
        final Thread thread = new Thread(task, name + "-" + role);
        thread.setDaemon(true);
        return thread;
    }

    // ---- work

    long nextId() {
        return ids.incrementAndGet();
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
                functions.put(work.id, bytes);
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

    /** One more chunk; the frame's head is written by the caller. */
    void submit(final Chunk chunk, final byte[] frame) throws InterruptedException {
        if (frame.length > Frames.MAX_BYTES) {
            throw new CondatisException("the arguments of '" + chunk.label() + "' take " + frame.length
                    + " bytes, the limit is " + Frames.MAX_BYTES + "; use smaller chunks, or hand over the name of a"
                    + " SharedMemory block");
        }
        chunk.work.opened();
        chunks.put(chunk.id, chunk);
        final int before = chunks.size();
        try {
            PatientPut.put(tasks, frame, () -> chunks.size() < before);
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

    Crew crew() {
        return crew;
    }

    /** The input of a work, or one of its chunks, is at its end. */
    void closed(final Work work) {
        if (!work.closed()) {
            return;
        }
        works.remove(work.id);
        try {
            if (work.stored) {
                functions.remove(work.id);
            }
            if (work.isCancelled()) {
                cancelled.remove(work.id);
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
        crew.forget(chunk.id);
        try {
            if (chunk.settle()) {
                chunk.work.done(chunk, outcomes);
            } else {
                cancelled.remove(chunk.id);
            }
        } finally {
            closed(chunk.work);
        }
    }

    /** Too many workers that had been sent a task died; it begins again unless as many had begun it. */
    void died(final Chunk chunk, final byte[] frame) throws InterruptedException {
        final Crew.Deaths deaths = crew.deathsOf(chunk.id);
        final int left = chunk.work.job.maxAttempts() - deaths.count();
        if (left > 0) {
            new UnsafeBuffer(frame).putInt(Frames.MAX_ATTEMPTS_AT, left);
            PatientPut.put(tasks, frame, () -> false);
            return;
        }
        final String label = chunk.label();
        final String advice = deaths.count() == 1
                ? "; it was not begun again, since it may have been done already; allow it with retries(n)"
                : ", as " + (deaths.count() - 1) + " before it did";
        final WorkerDiedException failure = new WorkerDiedException(
                label, deaths.count(), deaths.last() + " of " + name + " died while it ran '" + label + "'" + advice);
        answered(chunk, all(chunk, Outcome.failed(failure)));
    }

    void started(final Chunk chunk, final int slot) {
        final long limitNs = chunk.work.job.timeoutNs() * chunk.count;
        chunk.deadline(timer.schedule(() -> timedOut(chunk, slot, limitNs), limitNs, TimeUnit.NANOSECONDS));
    }

    private void timedOut(final Chunk chunk, final int slot, final long limitNs) {
        if (!chunks.containsKey(chunk.id) || !chunk.settle()) {
            return;
        }
        final String label = chunk.label();
        final TaskTimeoutException failure = new TaskTimeoutException(
                label,
                "'" + label + "' ran longer than " + Duration.ofNanos(limitNs) + " in " + crew.describe(slot) + " of "
                        + name);
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
            cancelled.put(id, Boolean.TRUE);
            board.noteCancellation();
        } catch (final IllegalStateException | CondatisException e) {
            // The pool ends: nothing is begun any more.
        }
    }

    private void interrupt(final int slot, final long task) {
        board.interrupt(slot, task);
        if (options.killAfter() != null) {
            timer.schedule(() -> crew.kill(slot, task), options.killAfter().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void cancel(final Work work, final boolean interrupt) {
        if (!works.containsKey(work.id)) {
            return;
        }
        work.cancel();
        forbid(work.id);
        if (!works.containsKey(work.id)) {
            cancelled.remove(work.id);
        }
        for (int slot = 0; interrupt && slot < options.workers(); slot++) {
            final Chunk running = chunks.get(board.running(slot));
            if (running != null && running.work == work) {
                interrupt(slot, running.id);
            }
        }
    }

    void initialiserFailed(final Throwable failure) {
        final CondatisException why = crew.initialiserFailed(failure);
        if (why != null) {
            breakDown(why);
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
        crew.stop();
        works.values().forEach(work -> work.abort(why));
        end(TERMINATION_GRACE_NS, true);
    }

    // ---- the end

    void shutdown() {
        synchronized (this) {
            if (state != State.RUNNING) {
                return;
            }
            state = State.SHUTDOWN;
        }
        endWhenIdle();
    }

    private void endWhenIdle() {
        synchronized (this) {
            if (state != State.SHUTDOWN || !works.isEmpty()) {
                return;
            }
        }
        end(END_GRACE_NS, false);
    }

    /** {@return whether it did something; all that waits has failed when it returns, and the workers are about to end} */
    void terminate() {
        synchronized (this) {
            if (state == State.ENDING || state == State.TERMINATED) {
                return;
            }
        }
        final boolean first = end(TERMINATION_GRACE_NS, true);
        if (first) {
            works.values().forEach(work -> work.abort(terminatedException()));
        }
    }

    private CancellationException terminatedException() {
        return new CancellationException(name + " was terminated");
    }

    private Throwable whyStopped() {
        return broken == null ? terminatedException() : broken;
    }

    private boolean end(final long graceNs, final boolean kill) {
        synchronized (this) {
            if (state == State.ENDING || state == State.TERMINATED) {
                return false;
            }
            state = State.ENDING;
        }
        crew.stop();
        board.end();
        if (kill) {
            crew.terminate();
        }
        daemon(() -> finish(graceNs), "end").start();
        return true;
    }

    private void finish(final long graceNs) {
        try {
            // Whoever waits for a task is told that the queue is gone, and leaves.
            hold.get().delete(names.tasks());
            crew.awaitEnd(graceNs);
        } catch (final InterruptedException | RuntimeException e) {
            crew.kill();
        }
        timer.shutdownNow();
        try {
            hold.release(names);
        } catch (final RuntimeException e) {
            Callbacks.report(name + " could not be cleared away", e);
        }
        callbacks.shutdown();
        board.close();
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
            running += board.running(slot) == 0 ? 0 : 1;
        }
        return running;
    }

    /** {@return the runnables that no worker runs, as far as can be told} */
    List<Runnable> neverBegun() {
        final Set<Long> running = new HashSet<>();
        for (int slot = 0; slot < options.workers(); slot++) {
            running.add(board.running(slot));
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
