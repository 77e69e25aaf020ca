package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.memory.OutOfSharedMemoryException;
import io.condatis.process.WorkerProcess;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The JVM that this process started to serve a manager. */
final class ServerProcess implements Server {
    private static final long START_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long STOP_TIMEOUT_MS = 5_000;
    private static final long LOOK_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final ManagerDirectory directory;
    private final WorkerProcess worker;
    private final ExitHooks.Registration atExit;

    private ServerProcess(
            final ManagerDirectory directory, final WorkerProcess worker, final ExitHooks.Registration atExit) {
        this.directory = directory;
        this.worker = worker;
        this.atExit = atExit;
    }

    static ServerProcess start(
            final ManagerDirectory directory, final List<String> jvmOptions, final ServerSetup setup) {
        if (directory.isServed()) {
            throw directory.alreadyServed();
        }
        ManagerDirectory.sweep();
        OutOfSharedMemoryException.requireFree(ManagerDirectory.ROOM);
        // Older than the worker's end, so it comes after it: this JVM may end before there is a manager to be closed.
        final ExitHooks.Registration atExit = ExitHooks.register(ManagerDirectory::sweep);
        try {
            return new ServerProcess(
                    directory,
                    WorkerProcess.start(
                            WorkerProcess.options()
                                    .name("manager-" + directory.name())
                                    .daemon(true)
                                    .jvmOptions(withDefaults(jvmOptions)),
                            LocalServer::run,
                            setup),
                    atExit);
        } catch (final RuntimeException e) {
            atExit.cancel();
            throw e;
        }
    }

    /** One thread works there and little garbage is made: every other collector would only add threads. */
    private static String[] withDefaults(final List<String> jvmOptions) {
        final List<String> all = new ArrayList<>();
        // A server that has lost a request for want of memory would leave somebody waiting for ever.
        all.add("-XX:+ExitOnOutOfMemoryError");
        final List<String> inherited = ManagementFactory.getRuntimeMXBean().getInputArguments();
        if (inherited.stream().noneMatch(ServerProcess::choosesCollector)
                && jvmOptions.stream().noneMatch(ServerProcess::choosesCollector)) {
            all.add("-XX:+UseSerialGC");
        }
        all.addAll(jvmOptions);
        return all.toArray(String[]::new);
    }

    private static boolean choosesCollector(final String flag) {
        return flag.startsWith("-XX:+Use") && flag.endsWith("GC");
    }

    /** Wait until the server lets clients in, and take part. */
    ManagerFile awaitReady() {
        final long deadline = System.nanoTime() + START_TIMEOUT_NS;
        while (true) {
            final ManagerFile file = directory.join();
            if (file != null) {
                return file;
            }
            if (!worker.isAlive()) {
                throw failure();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new CondatisException("the server of manager " + directory.name() + " (pid " + worker.pid()
                        + ") was not ready within " + TimeUnit.NANOSECONDS.toSeconds(START_TIMEOUT_NS) + " s");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    private CondatisException failure() {
        final String word = directory.failure();
        if (word == null) {
            return new CondatisException("the server of manager " + directory.name()
                    + " ended with exit code " + worker.exitCode().getAsInt()
                    + " before it was ready; it said why on the error output");
        }
        final String[] parts = word.split(System.lineSeparator(), 2);
        return new CondatisException(
                parts[0], new RemoteTrace("the server (pid " + worker.pid() + ")", parts.length > 1 ? parts[1] : ""));
    }

    /** Ask the server to end, insist after a while, and see to it that nothing is left in shared memory. */
    @Override
    public void close() {
        worker.terminate();
        boolean interrupted = false;
        try {
            if (!worker.join(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                worker.kill();
                worker.join();
            }
        } catch (final InterruptedException e) {
            interrupted = true;
            worker.close();
        }
        // Not its own directory alone: a client that was killed while it removed that has left it aside.
        ManagerDirectory.sweep();
        atExit.cancel();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
