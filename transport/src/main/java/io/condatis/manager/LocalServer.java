package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Connection;
import io.condatis.internal.host.ManagerServer;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.payload.Payloads;

/** A server in this process, with the user's own objects beside it: of a process of its own, or embedded. */
final class LocalServer implements Server {
    private final ManagerServer server;
    private final ServerSetup setup;
    private volatile ObjectHost objectHost;

    private LocalServer(final ServerSetup setup) {
        this.setup = setup;
        server = new ManagerServer(setup.options());
    }

    /** Main program of a server process: serve until the JVM is asked to end, then remove what is in shared memory. */
    static void run(final ServerSetup setup) throws Exception {
        JvmFlags.check();
        ManagerServer.ignoreInterrupts();
        final LocalServer local = new LocalServer(setup);
        ExitHooks.register(local);
        if (!local.server.open()) {
            return;
        }
        String step = local.initializing();
        try {
            local.initialise();
            step = local.hosting();
            local.serve();
        } catch (final Exception | Error e) {
            local.server.fail(step, e);
            throw e;
        }
        local.server.awaitEnd();
    }

    /** Serve on a thread of this process, from now on. */
    static LocalServer embed(final ServerSetup setup) {
        final LocalServer local = new LocalServer(setup);
        local.server.open();
        String step = local.initializing();
        try {
            local.initialise();
            step = local.hosting();
            local.serve();
            return local;
        } catch (final Exception e) {
            local.close();
            throw new CondatisException(step + ": " + e, e);
        } catch (final Error e) {
            local.close();
            throw e;
        }
    }

    private String initializing() {
        return "the initializer of manager " + setup.options().name() + " failed";
    }

    private String hosting() {
        return "the server of manager " + setup.options().name() + " could not start";
    }

    private void initialise() throws Exception {
        if (setup.initializer() != null) {
            setup.initializer().run();
        }
    }

    private void serve() {
        server.start();
        if (!setup.registrations().isEmpty()) {
            final Connection connection =
                    Connection.open(server.directory(), server.directory().joinAhead(), ManagerLostException::new);
            objectHost = new ObjectHost(
                    connection, setup.registrations(), new Values(new Payloads(setup.types()), connection));
            objectHost.start();
        }
        server.ready();
    }

    @Override
    public void close() {
        final ObjectHost host = objectHost;
        if (host != null) {
            host.close();
        }
        server.close();
    }
}
