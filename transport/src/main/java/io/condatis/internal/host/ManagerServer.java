package io.condatis.internal.host;

import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;

/** The main program of a server process. */
public final class ManagerServer {
    private ManagerServer() {}

    /**
     * Serve until the JVM is asked to end, then remove what is in shared memory.
     *
     * @param options what to serve
     */
    public static void run(final ServerOptions options) {
        JvmFlags.check();
        Interrupts.ignore();
        final ManagerDirectory directory = new ManagerDirectory(options.name());
        final ManagerFile file = directory.create();
        EmbeddedDriver driver = null;
        try {
            driver = new EmbeddedDriver(directory.aeron(), error -> report(options, error));
            serve(options, directory, file, driver);
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(driver, file);
            directory.remove();
            throw e;
        }
    }

    private static void serve(
            final ServerOptions options,
            final ManagerDirectory directory,
            final ManagerFile file,
            final EmbeddedDriver driver) {
        final IpcHost host = new IpcHost(file, driver, SystemNanoClock.INSTANCE, error -> report(options, error));
        final AgentRunner runner = new AgentRunner(
                new ServerIdle(host, file.serverDoorbell()), error -> report(options, error), null, host);
        ExitHooks.register(() -> {
            runner.close();
            directory.remove();
        });
        file.ready();
        runner.run();
    }

    /** The server's stderr is its log: there is nobody else to tell. */
    private static void report(final ServerOptions options, final Throwable error) {
        System.err.println("condatis manager " + options.name() + ": " + error);
    }
}
