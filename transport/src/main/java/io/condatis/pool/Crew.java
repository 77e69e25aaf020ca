package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.process.WorkerOptions;
import io.condatis.process.WorkerProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The workers of a pool, one in each slot: starts them, and replaces those that leave or die until told to stop. */
final class Crew {
    private static final int MOST_FAILED_STARTS = 3;
    /** By a signal, such as the kernel's when memory is short: not the doing of what is started. */
    private static final int MOST_KILLED_STARTS = 16;

    private static final int MOST_REMEMBERED = 10_000;

    /**
     * Of one task.
     *
     * @param count how many
     * @param last worker that died, in words
     */
    record Deaths(int count, String last) {
        static final Deaths NONE = new Deaths(0, "nobody");
    }

    private final String poolName;
    private final WorkerOptions options;
    private final IntFunction<WorkerSetup> setups;
    private final Board board;
    private final Executor executor;
    private final Consumer<CondatisException> breakDown;
    private final WorkerProcess[] bySlot;
    private final boolean[] ready;
    /** Of tasks that workers died with. */
    private final Map<Long, Deaths> deaths = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        /** Other clients do not say when their tasks end. */
        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Deaths> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private int started;
    private int failedStarts;
    private int killedStarts;
    private boolean stopped;
    private Throwable lastInitialiserFailure;

    /**
     * @param setups what the worker of a slot is told
     * @param executor runs what follows a worker's end
     * @param breakDown told when no worker can be started any more
     */
    Crew(
            final PoolOptions options,
            final String poolName,
            final IntFunction<WorkerSetup> setups,
            final Board board,
            final Executor executor,
            final Consumer<CondatisException> breakDown) {
        this.poolName = poolName;
        this.options = options.workerOptions().daemon(true);
        this.setups = setups;
        this.board = board;
        this.executor = executor;
        this.breakDown = breakDown;
        bySlot = new WorkerProcess[options.workers()];
        ready = new boolean[options.workers()];
    }

    /** Starts all; when one cannot be started, ends those that were. */
    void startAll() {
        try {
            for (int slot = 0; slot < bySlot.length; slot++) {
                start(slot);
            }
        } catch (final RuntimeException e) {
            stop();
            kill();
            throw e;
        }
    }

    private synchronized void start(final int slot) {
        if (stopped) {
            return;
        }
        board.reset(slot);
        final WorkerProcess worker =
                WorkerProcess.start(options.name(poolName + "-worker-" + ++started), setups.apply(slot));
        bySlot[slot] = worker;
        worker.onExit().thenAcceptAsync(ended -> ended(slot, ended), executor);
    }

    private void ended(final int slot, final WorkerProcess worker) {
        final CondatisException failure = noteEnd(slot, worker);
        if (failure != null) {
            breakDown.accept(failure);
            return;
        }
        try {
            start(slot);
        } catch (final RuntimeException e) {
            breakDown.accept(new CondatisException(poolName + " cannot replace " + worker + ": " + e.getMessage(), e));
        }
    }

    /** {@return why the pool cannot go on, or null} */
    private synchronized CondatisException noteEnd(final int slot, final WorkerProcess worker) {
        if (stopped) {
            return null;
        }
        final long phase = board.phase(slot);
        noteDeath(slot);
        if (phase == Board.STARTING) {
            final boolean killed = worker.exitCode().orElse(0) < 0;
            killedStarts += killed ? 1 : 0;
            failedStarts += killed ? 0 : 1;
            if (failedStarts >= MOST_FAILED_STARTS || killedStarts >= MOST_KILLED_STARTS) {
                return new CondatisException(poolName + " is broken: " + (failedStarts + killedStarts)
                        + " workers in a row ended before they took a task, the last was " + worker
                        + "; their standard error says why");
            }
        }
        return failedStarts >= MOST_FAILED_STARTS ? brokenByInitialiser() : null;
    }

    synchronized void ready(final int slot) {
        failedStarts = 0;
        killedStarts = 0;
        ready[slot] = true;
        notifyAll();
    }

    /** {@return whether every slot has had a worker that took tasks, or the pool is over} */
    synchronized boolean awaitReady(final long timeoutNs) throws InterruptedException {
        final long deadline = System.nanoTime() + timeoutNs;
        while (!allReady() && !stopped) {
            final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                return false;
            }
            wait(leftMs);
        }
        return allReady();
    }

    private boolean allReady() {
        for (final boolean slotIsReady : ready) {
            if (!slotIsReady) {
                return false;
            }
        }
        return true;
    }

    /** {@return why the pool cannot go on, or null} */
    synchronized CondatisException initialiserFailed(final Throwable failure) {
        lastInitialiserFailure = failure;
        return ++failedStarts >= MOST_FAILED_STARTS ? brokenByInitialiser() : null;
    }

    private CondatisException brokenByInitialiser() {
        return new CondatisException(
                poolName + " is broken: its initialiser failed in " + failedStarts
                        + " workers in a row, the last time with " + lastInitialiserFailure,
                lastInitialiserFailure);
    }

    /** What was running there ran no more. */
    private void noteDeath(final int slot) {
        final long task = board.held(slot);
        if (task != 0) {
            deaths.merge(
                    task,
                    new Deaths(1, "worker " + bySlot[slot]),
                    (before, now) -> new Deaths(before.count + 1, now.last));
            board.held(slot, 0);
            board.running(slot, 0);
        }
    }

    /**
     * How many workers died while they ran a task, after the server has taken it back from the last one: a worker that had
     * been sent it and died before it began does not count.
     */
    synchronized Deaths deathsOf(final long task) {
        for (int slot = 0; slot < bySlot.length; slot++) {
            if (board.held(slot) == task) {
                noteDeath(slot);
            }
        }
        return deaths.getOrDefault(task, Deaths.NONE);
    }

    /** The task has ended. */
    synchronized void forget(final long task) {
        if (!deaths.isEmpty()) {
            deaths.remove(task);
        }
    }

    synchronized List<WorkerProcess> live() {
        final List<WorkerProcess> live = new ArrayList<>();
        for (final WorkerProcess worker : bySlot) {
            if (worker != null && worker.isAlive()) {
                live.add(worker);
            }
        }
        return live;
    }

    synchronized void kill(final int slot, final long task) {
        if (board.running(slot) == task && bySlot[slot] != null) {
            bySlot[slot].kill();
        }
    }

    /** Nobody is replaced any more. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    void terminate() {
        live().forEach(WorkerProcess::terminate);
    }

    void kill() {
        live().forEach(WorkerProcess::close);
    }

    /** Wait until all have ended, and kill those that have not in that time. */
    void awaitEnd(final long graceNs) throws InterruptedException {
        final long deadline = System.nanoTime() + graceNs;
        for (final WorkerProcess worker : live()) {
            if (!worker.join(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                worker.close();
            }
        }
    }
}
