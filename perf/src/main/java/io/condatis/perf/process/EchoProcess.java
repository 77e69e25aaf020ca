package io.condatis.perf.process;

import io.condatis.internal.os.SharedDirectory;
import io.condatis.process.WorkerProcess;

/** An {@link EchoServer} in a JVM of its own. */
final class EchoProcess implements AutoCloseable {
    private final String directory;
    private final WorkerProcess worker;

    private EchoProcess(final String directory, final WorkerProcess worker) {
        this.directory = directory;
        this.worker = worker;
    }

    /** Starts one for so many clients, whose messages it waits for in this way. */
    static EchoProcess start(final Idle idle, final int clients) {
        final String directory = SharedDirectory.path()
                .resolve("condatis-perf-echo-" + idle.ordinal() + "-"
                        + ProcessHandle.current().pid())
                .toString();
        return new EchoProcess(
                directory,
                WorkerProcess.start(
                        WorkerProcess.options().name("echo").jvmOptions("-XX:+UseSerialGC"),
                        EchoServer::serve,
                        directory,
                        idle,
                        clients));
    }

    /** {@return where its driver is found} */
    String directory() {
        return directory;
    }

    /** Waits until it has unmapped its memory. */
    @Override
    public void close() {
        worker.terminate();
        ThereAndBack.end(worker);
    }
}
