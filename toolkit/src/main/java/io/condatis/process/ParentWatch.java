package io.condatis.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a worker when its parent is gone. The parent holds the other end of the pipe and never writes after the
 * assignment, so a read returns only when the kernel has closed that end: no time-out, and a stopped parent counts as
 * living.
 */
final class ParentWatch implements Runnable {
    static final int EXIT_CODE = 1;
    private static final long GRACE_NS = 3_000_000_000L;

    private final InputStream pipe;
    private final WorkerInfo worker;

    private ParentWatch(final InputStream pipe, final WorkerInfo worker) {
        this.pipe = pipe;
        this.worker = worker;
    }

    static void start(final InputStream pipe, final WorkerInfo worker) {
        startDaemon(new ParentWatch(pipe, worker), "condatis-parent-watch");
    }

    @Override
    public void run() {
        awaitEnd();
        WorkerMain.orphan();
        // First of all: printing blocks when nobody reads the output, and exit hooks may hang.
        startDaemon(ParentWatch::haltAfterGrace, "condatis-orphan");
        System.err.println("condatis: worker '" + worker.name() + "' (pid " + worker.pid()
                + ") ends because its parent, process " + worker.parentPid() + ", has died");
        System.exit(EXIT_CODE);
    }

    private void awaitEnd() {
        try {
            pipe.transferTo(OutputStream.nullOutputStream());
        } catch (final IOException e) {
            // A pipe that cannot be read tells as little about the parent as a closed one: the worker ends too.
            return;
        }
    }

    private static void haltAfterGrace() {
        final long deadlineNs = System.nanoTime() + GRACE_NS;
        for (long leftNs = GRACE_NS; leftNs > 0; leftNs = deadlineNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private static void startDaemon(final Runnable task, final String name) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
