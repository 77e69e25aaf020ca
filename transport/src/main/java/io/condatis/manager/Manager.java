package io.condatis.manager;

import io.condatis.error.CondatisException;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.os.ExitHooks;
import io.condatis.internal.os.JvmFlags;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.payload.PayloadTypes;
import io.condatis.payload.Payloads;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
public final class Manager implements AutoCloseable {
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Connection connection;
    private final ServerProcess server;
    private final Values values;
    private final Containers containers;
    private final ExitHooks.Registration atExit;

    private Manager(final Connection connection, final ServerProcess server, final PayloadTypes types) {
        this.connection = connection;
        this.server = server;
        values = new Values(new Payloads(types), connection);
        containers = new Containers(connection, values);
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
     * A map that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param <K> keys
     * @param <V> values
     * @return the map; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <K, V> SharedDict<K, V> dict(final String name) {
        return containers.dict(requireName(name));
    }

    /**
     * A new map without a name.
     *
     * @param <K> keys
     * @param <V> values
     * @return the map; it lives while a process uses it or a managed object holds it
     */
    public <K, V> SharedDict<K, V> dict() {
        return containers.dict(null);
    }

    /**
     * A list that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param <E> items
     * @return the list; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <E> SharedList<E> list(final String name) {
        return containers.list(requireName(name));
    }

    /**
     * A new list without a name.
     *
     * @param <E> items
     * @return the list; it lives while a process uses it or a managed object holds it
     */
    public <E> SharedList<E> list() {
        return containers.list(null);
    }

    /**
     * A set that processes share, found by name or made. Elements are copies and equal when their bytes are, as the keys
     * of {@link SharedDict}; {@code null} is none. {@code addAll}, {@code containsAll} and {@code removeAll} are one
     * step of the server for each 1 MiB; {@code retainAll} and {@code removeIf} go page by page. Iteration is in the order of
     * insertion and weakly consistent.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param <E> items
     * @return the set; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <E> Set<E> set(final String name) {
        return containers.set(requireName(name));
    }

    /**
     * A new set without a name.
     *
     * @param <E> items
     * @return the set; it lives while a process uses it or a managed object holds it
     */
    public <E> Set<E> set() {
        return containers.set(null);
    }

    /**
     * Attributes that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @return the namespace; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public Namespace namespace(final String name) {
        return containers.namespace(requireName(name));
    }

    /**
     * A new namespace without a name.
     *
     * @return the namespace; it lives while a process uses it or a managed object holds it
     */
    public Namespace namespace() {
        return containers.namespace(null);
    }

    /**
     * A value that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param initial what it is made with; ignored when it was there already
     * @param <V> type of the value
     * @return the value; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind
     */
    public <V> SharedValue<V> value(final String name, final V initial) {
        return containers.value(requireName(name), initial);
    }

    /**
     * A new value without a name.
     *
     * @param initial what it is made with
     * @param <V> type of the value
     * @return the value; it lives while a process uses it or a managed object holds it
     */
    public <V> SharedValue<V> value(final V initial) {
        return containers.value(null, initial);
    }

    /**
     * An array that processes share, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param length number of elements, all 0 at first
     * @return the array; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind, type or length
     */
    public SharedArray array(final String name, final char typeCode, final int length) {
        return containers.array(requireName(name), typeCode, length);
    }

    /**
     * A new array without a name.
     *
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param length number of elements, all 0 at first
     * @return the array; it lives while a process uses it or a managed object holds it
     */
    public SharedArray array(final char typeCode, final int length) {
        return containers.array(null, typeCode, length);
    }

    /**
     * An array that processes share, found by name or made with some elements.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param elements a Java array, of primitives or objects, or a collection; ignored when the array was there and set
     * @return the array; it lives in the server until it is deleted or that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind, type or length, or an element
     *     does not fit the type
     */
    public SharedArray array(final String name, final char typeCode, final Object elements) {
        return containers.array(requireName(name), typeCode, elements);
    }

    /**
     * A new array without a name, with some elements.
     *
     * @param typeCode one of b B h H i I l L q Q f d c u ?, see {@link io.condatis.value.CType}
     * @param elements a Java array, of primitives or objects, or a collection
     * @return the array; it lives while a process uses it or a managed object holds it
     * @throws IllegalArgumentException when an element does not fit the type
     */
    public SharedArray array(final char typeCode, final Object elements) {
        return containers.array(null, typeCode, elements);
    }

    private static String requireName(final String name) {
        return Objects.requireNonNull(name, "name");
    }

    /**
     * A shared queue of work, found by name or made.
     *
     * @param name 1 to 255 bytes of UTF-8
     * @param maxsize most items in it that nobody has taken, 0 for no bound
     * @param <E> items
     * @return the queue; it lives in the server until that ends
     * @throws IllegalArgumentException when the name belongs to an object of another kind or another bound
     */
    public <E> JoinableQueue<E> joinableQueue(final String name, final int maxsize) {
        if (maxsize < 0) {
            throw new IllegalArgumentException(
                    "maxsize=" + maxsize + " of queue " + name + " is negative; 0 means unbounded");
        }
        return new QueueProxy<>(
                name, connection.joinableQueue(open(Kind.JOINABLE_QUEUE, name, maxsize)), maxsize, values);
    }

    private ObjectReference open(final Kind kind, final String name, final long argument) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name of a managed object has at least one character");
        }
        return connection.objects().open(kind, name, argument);
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
