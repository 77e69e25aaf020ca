package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Connection;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server process that holds named objects, and this process's connection to it.
 *
 * <p>Use it for what does not fit the fixed layouts of {@code SharedObjects}: maps, queues, objects of any size. A call costs
 * about a microsecond while both sides are busy. {@link #start()} makes the server, in a JVM of its own; other processes of
 * the same user connect by name, or by the {@link #handle()} that was given to them.
 *
 * <p>Thread-safe. The process that started the server ends it by {@link #close()}, at its own exit, or by its death; the
 * others only disconnect. A client that dies, however, leaves nothing held: what it had taken from a queue is delivered
 * again, within about 25 ms. When the server dies everything obtained here throws {@link ManagerLostException}; its files
 * are removed by whoever closes or starts a manager next.
 *
 * <p>The server keeps bytes and never makes an object of a class of yours. CPython's counterpart is {@code
 * multiprocessing.Manager()}.
 */
public final class Manager extends ManagerObjects implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final ServerProcess server;
    private final ExitHooks.Registration atExit;

    private Manager(final Connection connection, final ServerProcess server, final PayloadTypes types) {
        super(connection, new Values(new Payloads(types), connection));
        this.server = server;
        atExit = ExitHooks.register(this);
    }

    /**
     * Start a server with the defaults and connect to it.
     *
     * @return the manager, to be closed
     * @throws CondatisException when the server cannot be started
     */
    public static Manager start() {
        return start(new ManagerOptions());
    }

    /**
     * Start a server and connect to it.
     *
     * @param options name, allowed classes, flags
     * @return the manager, to be closed
     * @throws CondatisException when the server cannot be started, a live one has the name already, or there is no room
     */
    public static Manager start(final ManagerOptions options) {
        JvmFlags.check();
        final String name =
                options.name() != null ? options.name() : ProcessIdentity.pid() + "-" + STARTED.incrementAndGet();
        final ManagerDirectory directory = new ManagerDirectory(name);
        final ServerProcess server = ServerProcess.start(directory, options.jvmOptions());
        try {
            final Connection connection = Connection.open(directory, server.awaitReady(), ManagerLostException::new);
            return new Manager(connection, server, options.types());
        } catch (final RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Connect to a manager that runs on this machine under this user.
     *
     * @param name of the manager
     * @return the manager, to be closed; the server goes on
     * @throws ManagerLostException when there is none
     * @throws CondatisException when it is of another version or refuses
     */
    public static Manager connect(final String name) {
        return connect(new ManagerHandle(name, PayloadTypes.standard()));
    }

    /**
     * Connect to the manager that a handle is of.
     *
     * @param handle from {@link #handle()}
     * @return the manager, to be closed; the server goes on
     * @throws ManagerLostException when its server has ended
     * @throws CondatisException when it is of another version or refuses
     */
    public static Manager connect(final ManagerHandle handle) {
        JvmFlags.check();
        final ManagerDirectory directory = new ManagerDirectory(handle.name());
        final ManagerFile file = directory.join();
        if (file == null) {
            throw new ManagerLostException("no manager named " + handle.name() + " runs for this user: nothing serves "
                    + directory.path() + "; start it with Manager.start(new ManagerOptions().name(\"" + handle.name()
                    + "\"))");
        }
        return new Manager(Connection.open(directory, file, ManagerLostException::new), null, handle.types());
    }

    /**
     * Delete a named object, whoever uses it: what it holds is gone, and every call that waits for it or comes later, in
     * every process, throws {@link IllegalStateException}.
     *
     * @param name of the object
     * @return false when there is none of that name
     */
    public boolean delete(final String name) {
        return connection.objects().delete(name);
    }

    /** {@return how many objects the server holds, named and anonymous; back to what it was when all is released} */
    public long objectCount() {
        return connection.objects().count();
    }

    /** {@return the objects that the server holds, oldest first; weakly consistent} */
    public List<ManagedObject> objects() {
        return connection.objects().list().stream().map(ManagedObject::of).toList();
    }

    /** {@return what another process needs to connect} */
    public ManagerHandle handle() {
        return new ManagerHandle(connection.name(), values.types());
    }

    /** {@return the name under which it can be found} */
    public String name() {
        return connection.name();
    }

    /** {@return process id of the server} */
    public long serverPid() {
        return connection.serverPid();
    }

    /**
     * Disconnect; and where this process started the server, end it and remove what it had in shared memory. Idempotent.
     * Threads that wait in a call get an {@link IllegalStateException}.
     */
    @Override
    public void close() {
        connection.close();
        if (server != null) {
            server.close();
        }
        // Last: an exit of the JVM that begins in the middle does the rest itself.
        atExit.cancel();
    }

    @Override
    public String toString() {
        return "Manager(" + name() + ", server pid " + serverPid() + (connection.isClosed() ? ", closed)" : ")");
    }
}
