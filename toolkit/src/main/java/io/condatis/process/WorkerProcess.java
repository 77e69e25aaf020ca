package io.condatis.process;

import io.condatis.error.CondatisException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A child JVM that runs a lambda. It has this JVM's Java, class path, module path and flags (debuggers, ports and files
 * that only one JVM can own are left out) and what Condatis needs.
 *
 * <pre>{@code
 * try (WorkerProcess worker = WorkerProcess.start(Desk::work, manager.handle())) {
 *     worker.join();
 * }
 * }</pre>
 *
 * <p>The target and its arguments are serialised and go through a private pipe. The worker ends when its target has
 * returned and its other non-daemon threads have ended. Its standard input is empty; its output goes where this
 * process's goes, unless {@link WorkerOptions} say otherwise.
 *
 * <p><b>Death.</b> A worker dies with its parent unless {@link WorkerOptions#daemon} says otherwise: it notices the death at once, by the end of the pipe, says so on its
 * standard error and exits with its exit hooks, or without them when they take over three seconds. When this JVM ends by
 * exit, SIGINT or SIGTERM it terminates its workers and after two seconds kills them. A worker's own death is seen by
 * {@link #onExit()} and {@link #exitCode()}.
 *
 * <p>Thread-safe. The counterpart of Python's {@code multiprocessing.Process} with the start method <i>spawn</i>.
 */
public final class WorkerProcess implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final int SIGNAL_BASE = 128;
    private static final int SIGNAL_LAST = 64;

    private final String name;
    private final boolean daemon;
    private final Process process;
    private final CompletableFuture<WorkerProcess> ended = new CompletableFuture<>();

    private WorkerProcess(final String name, final boolean daemon, final Process process) {
        this.name = name;
        this.daemon = daemon;
        this.process = process;
    }

    /** {@return new options, all at their defaults} */
    public static WorkerOptions options() {
        return new WorkerOptions();
    }

    /**
     * Starts a worker. One whose JVM ends before it has taken its target, such as for a flag that it does not know, is a
     * worker that has ended: its {@link #exitCode()} says how, its standard error why.
     *
     * @param target runs in the worker
     * @return the worker
     * @throws IllegalArgumentException when the target or an argument is not serialisable; nothing has been started
     * @throws CondatisException when the JVM cannot be started
     */
    public static WorkerProcess start(final Worker target) {
        return start(options(), target);
    }

    /**
     * Starts a worker with one argument; see {@link #start(Worker)}.
     *
     * @param <A> type of the argument
     * @param target runs in the worker
     * @param first argument
     * @return the running worker
     */
    public static <A> WorkerProcess start(final Worker1<A> target, final A first) {
        return start(options(), target, first);
    }

    /**
     * Starts a worker with two arguments; see {@link #start(Worker)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param target runs in the worker
     * @param first argument
     * @param second argument
     * @return the running worker
     */
    public static <A, B> WorkerProcess start(final Worker2<A, B> target, final A first, final B second) {
        return start(options(), target, first, second);
    }

    /**
     * Starts a worker with three arguments; see {@link #start(Worker)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <C> type of the third argument
     * @param target runs in the worker
     * @param first argument
     * @param second argument
     * @param third argument
     * @return the running worker
     */
    public static <A, B, C> WorkerProcess start(
            final Worker3<A, B, C> target, final A first, final B second, final C third) {
        return start(options(), target, first, second, third);
    }

    /**
     * Starts a worker with four arguments; see {@link #start(Worker)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <C> type of the third argument
     * @param <D> type of the fourth argument
     * @param target runs in the worker
     * @param first argument
     * @param second argument
     * @param third argument
     * @param fourth argument
     * @return the running worker
     */
    public static <A, B, C, D> WorkerProcess start(
            final Worker4<A, B, C, D> target, final A first, final B second, final C third, final D fourth) {
        return start(options(), target, first, second, third, fourth);
    }
    /**
     * Starts a worker with options; see {@link #start(Worker)}.
     *
     * @param options read before this returns
     * @param target runs in the worker
     * @return the running worker
     */
    public static WorkerProcess start(final WorkerOptions options, final Worker target) {
        Objects.requireNonNull(target, "target");
        return launch(options, target, target);
    }

    /**
     * Starts a worker with options and one argument; see {@link #start(Worker)}.
     *
     * @param <A> type of the first argument
     * @param options read before this returns
     * @param target runs in the worker
     * @param first argument
     * @return the running worker
     */
    public static <A> WorkerProcess start(final WorkerOptions options, final Worker1<A> target, final A first) {
        Objects.requireNonNull(target, "target");
        return launch(options, () -> target.run(first), target, first);
    }

    /**
     * Starts a worker with options and two arguments; see {@link #start(Worker)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param options read before this returns
     * @param target runs in the worker
     * @param first argument
     * @param second argument
     * @return the running worker
     */
    public static <A, B> WorkerProcess start(
            final WorkerOptions options, final Worker2<A, B> target, final A first, final B second) {
        Objects.requireNonNull(target, "target");
        return launch(options, () -> target.run(first, second), target, first, second);
    }

    /**
     * Starts a worker with options and three arguments; see {@link #start(Worker)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <C> type of the third argument
     * @param options read before this returns
     * @param target runs in the worker
     * @param first argument
     * @param second argument
     * @param third argument
     * @return the running worker
     */
    public static <A, B, C> WorkerProcess start(
            final WorkerOptions options, final Worker3<A, B, C> target, final A first, final B second, final C third) {
        Objects.requireNonNull(target, "target");
        return launch(options, () -> target.run(first, second, third), target, first, second, third);
    }

    /**
     * Starts a worker with options and four arguments; see {@link #start(Worker)}.
     *
     * @param <A> type of the first argument
     * @param <B> type of the second argument
     * @param <C> type of the third argument
     * @param <D> type of the fourth argument
     * @param options read before this returns
     * @param target runs in the worker
     * @param first argument
     * @param second argument
     * @param third argument
     * @param fourth argument
     * @return the running worker
     */
    public static <A, B, C, D> WorkerProcess start(
            final WorkerOptions options,
            final Worker4<A, B, C, D> target,
            final A first,
            final B second,
            final C third,
            final D fourth) {
        Objects.requireNonNull(target, "target");
        return launch(options, () -> target.run(first, second, third, fourth), target, first, second, third, fourth);
    }

    private static WorkerProcess launch(final WorkerOptions options, final Worker bound, final Object... parts) {
        final String name = options.nameOr("worker-" + STARTED.incrementAndGet());
        final byte[] assignment = new Assignment(name, ProcessHandle.current().pid(), options.isDaemon(), bound)
                .serialise(Arrays.asList(parts));
        final WorkerProcess worker;
        try {
            worker = new WorkerProcess(
                    name, options.isDaemon(), options.builder().start());
        } catch (final IOException e) {
            throw new CondatisException("Worker '" + name + "' cannot be started: " + e.getMessage() + ".", e);
        }
        worker.handOver(assignment);
        return worker;
    }

    /** The pipe is not closed: it is how the worker sees that this process lives. */
    private void handOver(final byte[] assignment) {
        try {
            // Not Process.onExit, which comes by the common pool: who waits there for what follows an end would keep it
            // away.
            final Thread waiter = new Thread(this::awaitEnd, "condatis-end-of-" + name);
            waiter.setDaemon(true);
            waiter.start();
            Children.add(this);
            final DataOutputStream pipe = new DataOutputStream(process.getOutputStream());
            pipe.writeInt(assignment.length);
            pipe.write(assignment);
            pipe.flush();
        } catch (final IOException e) {
            // It has ended. With a target that fits the pipe this is seen only now and then, so it cannot be an error
            // here.
            close();
        } catch (final RuntimeException | Error e) { // such as no memory for a thread
            close();
            throw e;
        }
    }

    private void awaitEnd() {
        while (true) {
            try {
                process.waitFor();
                ended.complete(this);
                return;
            } catch (final InterruptedException e) {
                // Nobody has this thread to interrupt it but by searching for it.
            }
        }
    }

    /**
     * Builds the archive of class data from which workers of this class path start faster, now, rather than in the
     * background of the first worker; for installations and measurements. It lies in the user's cache directory.
     *
     * @return whether there is one now; there can be none where the class path has directories, on the module path, and in
     *     a JVM with a debugger, an agent, an archive of its own or flags from a file
     * @throws InterruptedException when interrupted while building
     */
    public static boolean buildArchive() throws InterruptedException {
        return ChildCommand.buildArchive();
    }

    /** {@return the workers that this JVM has started and that live, oldest first} */
    public static List<WorkerProcess> activeChildren() {
        return Children.live();
    }

    /** {@return who this JVM is when it is a worker, else empty} */
    public static Optional<WorkerInfo> current() {
        return Optional.ofNullable(WorkerMain.current());
    }

    /** {@return the process that started this JVM when it is a worker, else empty} */
    public static Optional<ProcessHandle> parent() {
        return current().flatMap(worker -> ProcessHandle.of(worker.parentPid()));
    }

    /** {@return the name from the options, or {@code worker-} and a number} */
    public String name() {
        return name;
    }

    /** {@return whether it dies with this process} */
    public boolean isDaemon() {
        return daemon;
    }

    /** {@return the process id} */
    public long pid() {
        return process.pid();
    }

    /** {@return whether the worker's process has not ended; a stopped one lives} */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * How the worker ended: 0 when the target returned, 1 when it threw, what it gave to {@link System#exit(int)}, or -N
     * when signal N ended it. A code of 128 + N counts as signal N, since this is what a JVM makes of SIGINT and SIGTERM.
     *
     * @return the exit code, or empty while the worker lives
     */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(code());
    }

    private int code() {
        final int code = process.exitValue();
        return code > SIGNAL_BASE && code <= SIGNAL_BASE + SIGNAL_LAST ? SIGNAL_BASE - code : code;
    }

    /**
     * Waits until the worker has ended.
     *
     * @throws InterruptedException when the wait is interrupted; the worker goes on
     */
    public void join() throws InterruptedException {
        process.waitFor();
    }

    /**
     * Waits until the worker has ended or the time is up.
     *
     * @param timeout longest wait; zero or less only looks
     * @param unit of the time-out
     * @return whether the worker has ended
     * @throws InterruptedException when the wait is interrupted; the worker goes on
     */
    public boolean join(final long timeout, final TimeUnit unit) throws InterruptedException {
        return process.waitFor(timeout, unit);
    }

    /**
     * {@return a new future that completes with this worker when it has ended, on a thread of its own; cancelling it changes
     * nothing here}
     */
    public CompletableFuture<WorkerProcess> onExit() {
        return ended.copy();
    }

    /** Asks the worker to end, by SIGTERM: its exit hooks run. Without effect on one that has ended. */
    public void terminate() {
        // Not Process.destroy: it would close the pipe too, and the worker would believe that its parent is dead.
        process.toHandle().destroy();
    }

    /** Ends the worker at once, by SIGKILL: nothing of it runs any more. Without effect on one that has ended. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Interrupts the worker as Ctrl-C would, by SIGINT. Without effect on one that has ended. */
    public void interrupt() {
        if (isAlive()) {
            Signals.send("INT", pid());
        }
    }

    /**
     * What the worker prints, when its options say {@link ProcessBuilder.Redirect#PIPE}.
     *
     * @return its standard output; at its end already when it goes elsewhere
     */
    public InputStream output() {
        return process.getInputStream();
    }

    /**
     * What the worker prints on its standard error, when its options say {@link ProcessBuilder.Redirect#PIPE}.
     *
     * @return its standard error; at its end already when it goes elsewhere
     */
    public InputStream errors() {
        return process.getErrorStream();
    }

    /** Kills the worker if it lives and waits until it is gone. An interrupt is kept for later. */
    @Override
    public void close() {
        kill();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name + " (pid " + pid() + (isAlive() ? ", alive)" : ", exit code " + code() + ")");
    }
}
