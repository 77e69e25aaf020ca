package io.condatis.internal.host;

import io.condatis.error.CondatisException;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A manager's server in this process: one thread. It is opened, then {@linkplain #start() started}, and lets clients in when
 * told that it is {@linkplain #ready() ready}. Thread-safe.
 */
public final class ManagerServer implements AutoCloseable {
    private final ServerOptions options;
    private final ManagerDirectory directory;
    private ManagerFile file;
    private Metrics metrics;
    private MetricsEndpoint endpoint;
    private ServerIdle idle;
    private AgentRunner runner;
    private Thread thread;
    private boolean closed;

    /**
     * A server, not opened.
     *
     * @param options what to serve
     */
    public ManagerServer(final ServerOptions options) {
        this.options = options;
        directory = new ManagerDirectory(options.name());
    }

    /** From now on this JVM is deaf to SIGINT, which Ctrl-C sends to every process of a terminal. */
    public static void ignoreInterrupts() {
        Interrupts.ignore();
    }

    /** {@return where it is} */
    public ManagerDirectory directory() {
        return directory;
    }

    /**
     * Take the name and make everything in shared memory. In one piece: an end that comes meanwhile waits, and then finds
     * all of it.
     *
     * @return false when it was closed already
     */
    public synchronized boolean open() {
        if (closed) {
            return false;
        }
        final ManagerFile made = directory.create();
        EmbeddedDriver driver = null;
        try {
            driver = new EmbeddedDriver(directory.aeron(), this::report);
            metrics = new Metrics(options.name(), driver.aeron(), this::report);
            final IpcHost host = new IpcHost(
                    made, driver, options.limits().storeLimits(), SystemNanoClock.INSTANCE, metrics, this::report);
            idle = new ServerIdle(host, made.serverDoorbell(), options.idleMode());
            runner = new AgentRunner(idle, this::report, null, host);
        } catch (final RuntimeException | InternalError e) {
            CloseHelper.quietCloseAll(driver, made);
            directory.remove();
            throw e;
        }
        file = made;
        return true;
    }

    /**
     * Begin to serve, on a thread of its own that does not keep the JVM alive; nobody finds it yet.
     *
     * @throws CondatisException when its metrics cannot be had where they are wanted
     */
    public synchronized void start() {
        if (runner != null) {
            if (options.metrics() != null) {
                endpoint = MetricsEndpoint.open(options.metrics(), new OpenMetricsText(metrics)::write);
                file.metricsPort(endpoint.port());
            }
            thread = AgentRunner.startOnThread(runner, ManagerServer::daemon);
        }
    }

    private static Thread daemon(final Runnable task) {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    /** Let clients in. */
    public synchronized void ready() {
        if (runner != null) {
            file.ready();
        }
    }

    /** Wait until it is closed by another thread. */
    public void awaitEnd() {
        final Thread serving;
        synchronized (this) {
            serving = thread;
        }
        boolean interrupted = false;
        while (serving != null && serving.isAlive()) {
            try {
                serving.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * End before anybody was let in, and leave word of why for the process that waits; that one removes what is left.
     *
     * @param what went wrong, in words
     * @param cause why
     */
    public synchronized void fail(final String what, final Throwable cause) {
        closed = true;
        if (runner != null) {
            final StringWriter trace = new StringWriter();
            cause.printStackTrace(new PrintWriter(trace, true));
            CloseHelper.quietClose(endpoint);
            directory.leaveFailure(what + ": " + firstLine(cause) + System.lineSeparator() + trace);
            stop();
        }
    }

    private void stop() {
        idle.end();
        runner.close();
        runner = null;
    }

    private static String firstLine(final Throwable cause) {
        return cause.toString().lines().findFirst().orElse("");
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (runner != null) {
            CloseHelper.quietClose(endpoint);
            try {
                stop();
            } finally {
                directory.remove();
            }
        }
    }

    /** The server's stderr is its log: there is nobody else to tell. */
    private void report(final Throwable error) {
        System.err.println("condatis manager " + options.name() + ": " + error);
    }
}
