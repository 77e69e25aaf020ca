package io.condatis.pool;

import io.condatis.error.CondatisException;
import io.condatis.manager.ByteQueue;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import io.condatis.manager.ManagerLostException;
import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;
import io.condatis.process.WorkerProcess;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The program of a worker: takes tasks one by one, runs each, and says how it ended before it lets go of it. */
final class PoolWorker {
    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final WorkerSetup setup;
    private final Board board;
    private final Payloads payloads;
    private final JoinableQueue<byte[]> tasks;
    private final Replies replies;
    private final Functions functions;
    private final Map<Long, Boolean> cancelledInServer;
    private final FrameReader in = new FrameReader();
    private final Interrupter interrupter;
    private Set<Long> cancelled = Set.of();
    private long cancellationsSeen;

    private PoolWorker(final WorkerSetup setup, final Manager manager) {
        this.setup = setup;
        board = setup.board();
        payloads = new Payloads(setup.types());
        tasks = manager.joinableQueue(setup.names().tasks(), 0);
        cancelledInServer = manager.dict(setup.names().cancelled());
        replies = new Replies(client -> repliesTo(client, manager), setup.slot(), where(), payloads);
        functions = new Functions(manager.dict(setup.names().functions()), new Payloads(PayloadTypes.any()));
        interrupter = new Interrupter(board, setup.slot());
    }

    /** Null when the client has left: to ask for its queue would make it anew, and nobody would ever take it away. */
    private ByteQueue repliesTo(final int client, final Manager manager) {
        return client != TaskIds.OWNER && cancelledInServer.containsKey(TaskIds.allOf(client))
                ? null
                : manager.<byte[]>joinableQueue(setup.names().replies(client), 0)
                        .bytes();
    }

    /** Runs until the pool ends or the worker has done its share, then ends the JVM: no thread that a task has left keeps it. */
    static void run(final WorkerSetup setup) {
        int exitCode = 1;
        try (Manager manager = connect(setup)) {
            exitCode = work(setup, manager);
        } catch (final InterruptedException | IllegalStateException | CondatisException e) {
            if (isOver(setup.board())) {
                exitCode = 0;
            } else {
                e.printStackTrace();
            }
        } catch (final Throwable e) {
            e.printStackTrace();
        } finally {
            System.exit(exitCode);
        }
    }

    /** The pool ends, or this JVM does, whose exit hooks close the board. */
    private static boolean isOver(final Board board) {
        try {
            return board.isEnding();
        } catch (final IllegalStateException e) {
            return true;
        }
    }

    private static String where() {
        return WorkerProcess.current()
                .map(worker -> "worker " + worker.name() + " (pid " + worker.pid() + ")")
                .orElse("this process");
    }

    /** {@return the exit code} */
    static int work(final WorkerSetup setup, final Manager manager) throws InterruptedException {
        return new PoolWorker(setup, manager).work();
    }

    /** The manager starts while we do. */
    private static Manager connect(final WorkerSetup setup) {
        final long deadline = System.nanoTime() + CONNECT_TIMEOUT_NS;
        while (true) {
            try {
                return Manager.connect(setup.names().manager());
            } catch (final ManagerLostException e) {
                if (setup.board().isEnding() || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    private int work() throws InterruptedException {
        if (board.isEnding()) {
            return 0; // the queue of tasks may have been deleted before we asked for it: nothing would ever come
        }
        try {
            if (setup.initialiser() != null) {
                setup.initialiser().run();
            }
        } catch (final Throwable e) {
            return initialiserFailed(e);
        }
        interrupter.start();
        board.phase(setup.slot(), Board.READY);
        replies.ready();
        for (int done = 0; setup.maxTasks() == 0 || done < setup.maxTasks(); done++) {
            handle(takeTask());
            tasks.taskDone();
            interrupter.givenBack();
        }
        board.phase(setup.slot(), Board.LEFT);
        return 0;
    }

    private int initialiserFailed(final Throwable failure) throws InterruptedException {
        board.phase(setup.slot(), Board.INITIALISER_FAILED);
        replies.initialiserFailed(failure);
        return 1;
    }

    /** A task's interrupt that comes too late is none of ours. */
    private byte[] takeTask() throws InterruptedException {
        while (true) {
            try {
                return tasks.take();
            } catch (final InterruptedException e) {
                if (board.isEnding()) {
                    throw e;
                }
            }
        }
    }

    private void handle(final byte[] frame) throws InterruptedException {
        final TaskFrame task = TaskFrame.read(in.wrap(frame));
        // Before we look whether it is cancelled: who cancels looks here afterwards.
        interrupter.begin(task.task());
        try {
            if (isCancelled(task)) {
                interrupter.notBegun();
                if (!cancelled.contains(clientOf(task))) {
                    replies.skipped(task.task());
                }
            } else if (tasks.attempt() > task.maxDeliveries()) {
                interrupter.notBegun();
                replies.died(task.task(), frame);
            } else {
                run(task);
            }
        } finally {
            interrupter.end();
        }
    }

    private boolean isCancelled(final TaskFrame task) {
        final long now = board.cancellations();
        if (now != cancellationsSeen || tasks.attempt() > 1) {
            cancellationsSeen = now;
            cancelled = Set.copyOf(cancelledInServer.keySet());
        }
        return !cancelled.isEmpty()
                && (cancelled.contains(task.task())
                        || cancelled.contains(task.work())
                        || cancelled.contains(clientOf(task)));
    }

    /** {@return what is cancelled when the client has left that wants the task} */
    private static long clientOf(final TaskFrame task) {
        return TaskIds.allOf(TaskIds.clientOf(task.task()));
    }

    private void run(final TaskFrame task) throws InterruptedException {
        if (task.isTimed()) {
            tellStarted(task);
        }
        final Object function;
        try {
            function = functions.of(task);
        } catch (final RuntimeException | Error e) {
            interrupter.end();
            replies.failed(task, e);
            return;
        }
        if (function == null) {
            interrupter.notBegun();
            replies.skipped(task.task());
            return;
        }
        replies.beginResult(task);
        boolean run = true;
        for (int i = 0; i < task.count(); i++) {
            if (!run) {
                replies.addNotRun();
                continue;
            }
            try {
                replies.addResult(Functions.call(function, in, payloads));
            } catch (final Throwable e) {
                replies.addFailure(e);
                run = !task.stopsAtFailure();
            }
        }
        interrupter.end();
        replies.sendResult(task);
    }

    /** An interrupt is meant for the task. */
    private void tellStarted(final TaskFrame task) {
        try {
            replies.started(task.task());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
