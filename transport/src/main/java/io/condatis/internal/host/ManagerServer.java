package io.condatis.internal.host;

import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;

/** The main program of a server process. */
public final class ManagerServer implements AutoCloseable {
    private final ServerOptions options;
    private final ManagerDirectory directory;
    private AgentRunner runner;
    private boolean closed;

    private ManagerServer(final ServerOptions options) {
        this.options = options;
        directory = new ManagerDirectory(options.name());
    }

    /**
     * Serve until the JVM is asked to end, then remove what is in shared memory.
     *
     * @param options what to serve
     */
    public static void run(final ServerOptions options) {
        JvmFlags.check();
        Interrupts.ignore();
        final ManagerServer server = new ManagerServer(options);
        ExitHooks.register(server);
        if (server.open()) {
            server.runner.run();
        }
    }

    /** False when the JVM is ending already. In one piece: an end that comes meanwhile waits, and then finds all of it. */
    private synchronized boolean open() {
        if (closed) {
            return false;
        }
        final ManagerFile file = directory.create();
        EmbeddedDriver driver = null;
        try {
            driver = new EmbeddedDriver(directory.aeron(), this::report);
            final IpcHost host = new IpcHost(file, driver, SystemNanoClock.INSTANCE, this::report);
            runner = new AgentRunner(new ServerIdle(host, file.serverDoorbell()), this::report, null, host);
        } catch (final RuntimeException | InternalError e) {
            CloseHelper.quietCloseAll(driver, file);
            directory.remove();
            throw e;
        }
        file.ready();
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (runner != null) {
            runner.close();
            directory.remove();
            runner = null;
        }
    }

    /** The server's stderr is its log: there is nobody else to tell. */
    private void report(final Throwable error) {
        System.err.println("condatis manager " + options.name() + ": " + error);
    }
}
