package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Connection;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.memory.OutOfSharedMemoryException;
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
 * are removed by whoever closes or starts a manager next. Nothing may shorten these files while they are mapped: Linux ends a
 * process that touches what a file no longer has.
 *
 * <p>The server keeps bytes and never makes an object of a class of yours, but for those that are {@linkplain
 * ManagerOptions#register registered}. CPython's counterpart is {@code
 * multiprocessing.Manager()}.
 */
public final class Manager extends ManagerObjects implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Server server;
    private final CustomObjects customObjects;
    private final Object closing = new Object();
    private final ExitHooks.Registration atExit;

    private Manager(final Connection connection, final Server server, final PayloadTypes types) {
        super(connection, new Values(new Payloads(types), connection));
        this.server = server;
        customObjects = new CustomObjects(connection, values);
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
        final ManagerDirectory directory = new ManagerDirectory(nameOf(options));
        final ServerProcess server =
                ServerProcess.start(directory, options.jvmOptions(), options.setup(directory.name()));
        try {
            final Connection connection = Connection.open(directory, server.awaitReady(), ManagerLostException::new);
            return new Manager(connection, server, options.types());
        } catch (final RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Serve in this process, on a thread of its own, and connect to it. Other processes connect as they do to any manager;
     * what this saves is a JVM, and what it costs is that they lose the manager when this process ends. {@link
     * ManagerOptions#jvmOptions} are not used. The thread is a daemon.
     *
     * @param options name, allowed classes, limits
     * @return the manager, to be closed
     * @throws CondatisException when the server cannot be started, a live one has the name already, or there is no room
     */
    public static Manager embed(final ManagerOptions options) {
        JvmFlags.check();
        final ManagerDirectory directory = new ManagerDirectory(nameOf(options));
        OutOfSharedMemoryException.requireFree(ManagerDirectory.ROOM);
        final LocalServer server = LocalServer.embed(options.setup(directory.name()));
        try {
            final Connection connection = Connection.open(directory, directory.join(), ManagerLostException::new);
            return new Manager(connection, server, options.types());
        } catch (final RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static String nameOf(final ManagerOptions options) {
        return options.name() != null ? options.name() : ProcessIdentity.pid() + "-" + STARTED.incrementAndGet();
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
     * An object of a {@linkplain ManagerOptions#register registered} class, made now and without a name. It lives while a
     * process uses a proxy of it or a stored value refers to it.
     *
     * <p>Each call of a method is one request. What the object throws is thrown here as the same type, with the server's
     * stack trace as its cause, or else as {@link RemoteCallException}. An interrupt ends the wait for an answer, with {@link
     * InterruptedException} where the method declares it and {@link CondatisException} elsewhere; the method itself runs on
     * in the server. Two proxies are equal when they stand for the same object; {@code toString} describes the proxy.
     *
     * @param type as registered
     * @param face its interface
     * @param arguments for its factory; copies
     * @param <T> its interface
     * @return a proxy; thread-safe
     * @throws IllegalArgumentException when no such type is registered, or with another version of the interface
     */
    public <T> T create(final String type, final Class<T> face, final Object... arguments) {
        return customObjects.open("", type, face, arguments);
    }

    /**
     * An object of a {@linkplain ManagerOptions#register registered} class, found by name or made; otherwise as {@link
     * #create}. It lives until it is deleted.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param type as registered
     * @param face its interface
     * @param arguments for its factory, not used when the object is there already; copies
     * @param <T> its interface
     * @return a proxy; thread-safe
     * @throws IllegalArgumentException when no such type is registered, or with another version of the interface, or the
     *     name belongs to an object of another kind or type
     */
    public <T> T getOrCreate(final String name, final String type, final Class<T> face, final Object... arguments) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a managed object has at least one character");
        }
        return customObjects.open(name, type, face, arguments);
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

    /**
     * {@return the port of the loopback at which the server answers {@code GET /metrics}, or 0 when it was not {@linkplain
     * ManagerOptions#metrics(int) asked to}}
     */
    public int metricsPort() {
        return connection.metricsPort();
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
        // An exit of the JVM that begins in the middle waits for it: what is half removed would stay.
        synchronized (closing) {
            if (server == null) {
                connection.closeAndClear();
            } else {
                try {
                    connection.close();
                } finally {
                    server.close();
                }
            }
            atExit.cancel();
        }
    }

    @Override
    public String toString() {
        return "Manager(" + name() + ", server pid " + serverPid() + (connection.isClosed() ? ", closed)" : ")");
    }
}
