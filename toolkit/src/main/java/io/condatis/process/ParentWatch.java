package io.condatis.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a worker when its parent is gone. The parent holds the other end of the pipe and never writes after the
 * assignment, so a read returns only when the kernel has closed that end: no time-out, and a stopped parent counts as
 * living.
 */
final class ParentWatch implements Runnable {
    static final int EXIT_CODE = 1;
    private static final long GRACE_NS = 3_000_000_000L;

    private static volatile Thread watcher;

    private final FileChannel pipe;
    private final WorkerInfo worker;

    private ParentWatch(final FileChannel pipe, final WorkerInfo worker) {
        this.pipe = pipe;
        this.worker = worker;
    }

    static void start(final FileInputStream pipe, final WorkerInfo worker) {
        watcher = startDaemon(new ParentWatch(pipe.getChannel(), worker), "condatis-parent-watch");
    }

    /** The JVM ends: it would wait 300 ms for a thread that is inside a system call. */
    static void stop() {
        final Thread watching = watcher;
        if (watching != null && watching != Thread.currentThread()) {
            watching.interrupt();
        }
    }

    @Override
    public void run() {
        if (!awaitEnd()) {
            return;
        }
        WorkerMain.orphan();
        // First of all: printing blocks when nobody reads the output, and exit hooks may hang.
        startDaemon(ParentWatch::haltAfterGrace, "condatis-orphan");
        System.err.println("condatis: worker '" + worker.name() + "' (pid " + worker.pid()
                + ") ends because its parent, process " + worker.parentPid() + ", has died");
        System.exit(EXIT_CODE);
    }

    /** {@return false when the watch is over before the parent is} */
    private boolean awaitEnd() {
        final ByteBuffer nothing = ByteBuffer.allocate(1);
        try {
            while (pipe.read(nothing) >= 0) {
                nothing.clear();
            }
            return true;
        } catch (final ClosedByInterruptException e) {
            return false;
        } catch (final IOException e) {
            // A pipe that cannot be read tells as little about the parent as a closed one: the worker ends too.
            return true;
        }
    }

    private static void haltAfterGrace() {
        final long deadlineNs = System.nanoTime() + GRACE_NS;
        for (long leftNs = GRACE_NS; leftNs > 0; leftNs = deadlineNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private static Thread startDaemon(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
