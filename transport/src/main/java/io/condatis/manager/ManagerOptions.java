package io.condatis.manager;

import io.condatis.internal.host.IdleMode;
import io.condatis.internal.host.ServerLimits;
import io.condatis.internal.host.ServerOptions;
import io.condatis.payload.PayloadTypes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How a manager is started. Fluent; not thread-safe; copied when the manager starts. */
public final class ManagerOptions {
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PORT = 65_535;

    private String name;
    private PayloadTypes types = PayloadTypes.standard();
    private List<String> jvmOptions = List.of();
    private final Map<String, Registration> registrations = new LinkedHashMap<>();
    private Initializer initializer;
    private int maxSessions;
    private int maxObjects;
    private int maxWaitingRequests;
    private long maxQueueBytes;
    private long maxCallBytes;
    private long maxTotalBytes;
    private InetSocketAddress metrics;
    private IdleMode idleMode = IdleMode.SLEEP;

    /** The defaults: a name of its own, the standard classes, this JVM's flags. */
    public ManagerOptions() {}

    /**
     * Give the manager a name, so that unrelated processes of this user can find it.
     *
     * @param managerName 1 to 100 letters, digits, dots, underscores or hyphens
     * @return this
     */
    public ManagerOptions name(final String managerName) {
        name = managerName;
        return this;
    }

    /**
     * Allow classes in payloads, beside numbers, text, arrays, {@code java.time}, {@code java.math} and the usual
     * collections. They are made in the processes that read them, and in the server only as arguments of
     * {@linkplain #register registered} classes; the list goes to whoever connects by
     * {@link Manager#handle()}.
     *
     * @param classes records, enums, or serialisable classes
     * @return this
     */
    public ManagerOptions allow(final Class<?>... classes) {
        types = types.with(classes);
        return this;
    }

    /**
     * Allow every class of a package in payloads.
     *
     * @param packageName such as {@code com.desk.model}; its sub-packages are not included
     * @return this
     */
    public ManagerOptions allowPackage(final String packageName) {
        types = types.withPackage(packageName);
        return this;
    }

    /**
     * Give the server's JVM further options. It has this JVM's flags already, the class path, and the serial collector
     * unless this JVM was told to use another.
     *
     * @param options such as {@code -Xmx4g}
     * @return this
     */
    public ManagerOptions jvmOptions(final String... options) {
        jvmOptions = List.of(options);
        return this;
    }

    /**
     * Have the server hold objects of a class of yours. {@link Manager#create} and {@link Manager#getOrCreate} make them, in
     * any process that has the interface; what they return is a proxy, and only the methods of the interface can be called.
     * Calls on one object run one at a time, in the order in which they came; calls on different objects run at the same
     * time. An object that is {@link AutoCloseable} is closed when it is deleted, not when the manager ends.
     *
     * <p>Arguments and results are copies, as everywhere, except for managed objects; their classes must be {@linkplain
     * #allow allowed}, and exceptions of yours too if they are to be thrown in the caller as themselves.
     *
     * @param type name under which the class is known to {@link Manager#create}
     * @param face its interface; every process must have the same version of it
     * @param factory makes an object, in the server's process
     * @param <T> its interface
     * @return this
     * @throws IllegalArgumentException when the name is empty or longer than 255 bytes of UTF-8 or registered already, or
     *     {@code face} is no interface
     */
    public <T> ManagerOptions register(
            final String type, final Class<T> face, final ObjectFactory<? extends T> factory) {
        final int length = type.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("custom type=\"" + type + "\" is not allowed: a name has 1 to "
                    + MAX_NAME_BYTES + " bytes of UTF-8");
        }
        RemoteInterface.of(face);
        Objects.requireNonNull(factory, "factory");
        if (registrations.putIfAbsent(type, new Registration(type, face, factory)) != null) {
            throw new IllegalArgumentException("the custom type \"" + type + "\" is registered already");
        }
        return this;
    }

    /**
     * Run something once in the server's process, before it serves anybody. What it throws fails the start.
     *
     * @param task serialisable, with all that it captures
     * @return this
     */
    public ManagerOptions initializer(final Initializer task) {
        initializer = Objects.requireNonNull(task, "task");
        return this;
    }

    /**
     * Limit how many clients may be connected at once; further ones are refused. Each {@link Manager} is one.
     *
     * @param count at least 1; 1024 unless set
     * @return this
     */
    public ManagerOptions maxSessions(final int count) {
        maxSessions = (int) atLeastOne(count, "maxSessions");
        return this;
    }

    /**
     * Limit how many objects the server holds; to make more throws {@link io.condatis.error.CondatisException}.
     *
     * @param count at least 1; 16384 unless set
     * @return this
     */
    public ManagerOptions maxObjects(final int count) {
        maxObjects = (int) atLeastOne(count, "maxObjects");
        return this;
    }

    /**
     * Limit how many calls of one client may wait in the server at once; further ones throw {@link
     * io.condatis.error.CondatisException}.
     *
     * @param count at least 1; 4096 unless set
     * @return this
     */
    public ManagerOptions maxWaitingRequests(final int count) {
        maxWaitingRequests = (int) atLeastOne(count, "maxWaitingRequests");
        return this;
    }

    /**
     * Limit the bytes that the items of one queue take, with 64 for each item beside its own; a put that would pass it throws
     * {@link io.condatis.error.CondatisException}, however many items the queue may have.
     *
     * @param bytes at least 1; 256 MiB unless set
     * @return this
     */
    public ManagerOptions maxQueueBytes(final long bytes) {
        maxQueueBytes = atLeastOne(bytes, "maxQueueBytes");
        return this;
    }

    /**
     * Limit the bytes of the arguments of all calls of objects of your classes that wait or run; a call that would pass it
     * throws {@link io.condatis.error.CondatisException}.
     *
     * @param bytes at least 1; 128 MiB unless set
     * @return this
     */
    public ManagerOptions maxCallBytes(final long bytes) {
        maxCallBytes = atLeastOne(bytes, "maxCallBytes");
        return this;
    }

    /**
     * Limit the bytes that all objects take together, with 64 for each entry and item beside its own; what would pass it
     * throws {@link io.condatis.error.CondatisException}. The server's heap ({@link #jvmOptions}) must be larger.
     *
     * @param bytes at least 1; unless set 1 GiB, or half of the server's heap where that is less
     * @return this
     */
    public ManagerOptions maxTotalBytes(final long bytes) {
        maxTotalBytes = atLeastOne(bytes, "maxTotalBytes");
        return this;
    }

    /**
     * Have the server answer {@code GET /metrics} on 127.0.0.1 with what it counts, as OpenMetrics text. Off unless set. There
     * is no authentication: every user of this machine can read it, the names of queues included.
     *
     * @param port 0 for any that is free, which {@link Manager#metricsPort()} tells
     * @return this
     * @throws IllegalArgumentException when it is no port
     */
    public ManagerOptions metrics(final int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "metrics port=" + port + " is not allowed; use 0 for any that is free, or one up to " + MAX_PORT);
        }
        return metrics(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * As {@link #metrics(int)}, at an address of this machine's loopback.
     *
     * @param address such as that of {@code ::1} or 127.0.0.2
     * @return this
     * @throws IllegalArgumentException when other machines could reach it
     */
    public ManagerOptions metrics(final InetSocketAddress address) {
        ServerOptions.requireLoopback(address);
        metrics = address;
        return this;
    }

    /**
     * Have the server stay awake when there is nothing to do, and offer its core to others all the time. A request that finds it
     * asleep pays for a wake, 10 to 50 us; this one does not, but the server uses whatever of a core nobody else wants. Not for
     * a machine whose cores are all busy: there it waits for the time slices of others, milliseconds, where one that is woken
     * interrupts them. Unless this or {@link #spinWhenIdle()} is said, it sleeps 50 us after the last work, and uses next to
     * nothing then.
     *
     * @return this
     */
    public ManagerOptions yieldWhenIdle() {
        idleMode = IdleMode.YIELD;
        return this;
    }

    /**
     * Have the server stay awake when there is nothing to do, and keep its core to itself: the quickest answers, where there is
     * a core for each of client and server, and the slowest where there is not.
     *
     * @return this
     */
    public ManagerOptions spinWhenIdle() {
        idleMode = IdleMode.SPIN;
        return this;
    }

    private static long atLeastOne(final long value, final String what) {
        if (value < 1) {
            throw new IllegalArgumentException(what + "=" + value + " must be at least 1");
        }
        return value;
    }

    /** All that a server of that name starts with. */
    ServerSetup setup(final String managerName) {
        final ServerLimits limits = new ServerLimits(
                maxSessions, maxObjects, maxWaitingRequests, maxQueueBytes, maxCallBytes, maxTotalBytes);
        return new ServerSetup(
                new ServerOptions(managerName, limits, metrics, idleMode),
                initializer,
                List.copyOf(registrations.values()),
                types);
    }

    String name() {
        return name;
    }

    PayloadTypes types() {
        return types;
    }

    List<String> jvmOptions() {
        return jvmOptions;
    }
}
