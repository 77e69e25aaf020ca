package io.condatis.internal.client;

import io.aeron.logbuffer.BufferClaim;
import io.condatis.error.CondatisException;
import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.protocol.ManagerDirectory;
import io.condatis.internal.protocol.ManagerFile;
import io.condatis.internal.protocol.Patience;
import io.condatis.internal.protocol.Protocol;
import io.condatis.internal.protocol.Waiting;
import io.condatis.internal.protocol.WindowCells;
import io.condatis.internal.protocol.sbe.CancelEncoder;
import io.condatis.internal.protocol.sbe.GoodbyeEncoder;
import io.condatis.internal.protocol.sbe.HelloEncoder;
import io.condatis.internal.protocol.sbe.MessageHeaderEncoder;
import io.condatis.internal.protocol.sbe.ReleaseEncoder;
import io.condatis.sync.Doorbell;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * This process's session with a manager's server. Thread-safe.
 *
 * <p>No thread of its own waits for answers. Of the threads that wait for one, the first leads: it polls for everybody and
 * hands each answer to its call. The others follow: they park until they are handed theirs, or the lead. A leader that has
 * nothing to read spins for a moment, then sleeps on this process's doorbell, which the server rings.
 *
 * <p>When the server dies, every waiting and every later call throws within about {@value #SLICE_MS} ms.
 */
public final class Connection implements AutoCloseable {
    private static final int SLICE_MS = 10;
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(SLICE_MS);
    /** Where the server's death wakes who sleeps. */
    private static final long LONG_SLICE_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long WELCOME_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int FOLLOWER_SPINS = 100;

    private final ManagerDirectory directory;
    private final ManagerFile file;
    private final long serverPid;
    private final String manager;
    private final Function<String, CondatisException> lost;
    private final Doorbell doorbell;
    private final Calls calls = new Calls();
    private final RemoteObjects objects = new RemoteObjects(this);
    private final Dispatcher dispatcher = new Dispatcher(calls);
    private final Lead lead = new Lead();
    private final Patience patience = new Patience(); // of the leader
    private final Link link;
    private volatile String broken;
    private volatile boolean closed;

    private Connection(
            final ManagerDirectory directory, final ManagerFile file, final Function<String, CondatisException> lost) {
        this.directory = directory;
        this.file = file;
        this.lost = lost;
        serverPid = file.serverPid();
        manager = "the manager " + directory.name() + " (pid " + serverPid + ")";
        doorbell = file.doorbell(file.participants().slot());
        link = new Link(directory, file, dispatcher);
    }

    /**
     * Open a session.
     *
     * @param directory of the manager
     * @param file joined; closed with the connection, also when it cannot be opened
     * @param lost makes the exception that says that the server is gone
     * @return the connection
     */
    public static Connection open(
            final ManagerDirectory directory, final ManagerFile file, final Function<String, CondatisException> lost) {
        Connection connection = null;
        try {
            connection = new Connection(directory, file, lost);
            connection.hello();
            return connection;
        } catch (final RuntimeException e) {
            if (connection != null) {
                connection.link.close();
            }
            final boolean serverDied = file.isServerDead();
            file.close();
            if (serverDied) {
                throw lost.apply("the manager " + directory.name() + " ended while this process was connecting to it");
            }
            throw e instanceof CondatisException
                    ? e
                    : new CondatisException(
                            "this process cannot open its streams to the manager " + directory.name() + ": "
                                    + e.getMessage() + "; they take 7 MB in " + directory.path() + ", is there room?",
                            e);
        }
    }

    private void hello() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
        final HelloEncoder hello = new HelloEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .protocolVersion(Protocol.VERSION)
                .slot(file.participants().slot())
                .generation(file.participants().generation())
                .pid(ProcessIdentity.pid());
        link.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength());
        final long deadline = System.nanoTime() + WELCOME_TIMEOUT_NS;
        while (!dispatcher.isWelcome()) {
            if (link.poll() == 0) {
                checkUp();
                LockSupport.parkNanos(Waiting.YIELD_NS);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new CondatisException(manager + " did not answer within "
                        + TimeUnit.NANOSECONDS.toSeconds(WELCOME_TIMEOUT_NS) + " s; is its process stopped?");
            }
        }
    }

    /** {@return name of the manager} */
    public String name() {
        return directory.name();
    }

    /** {@return the port of the loopback at which the server's metrics can be read, 0 when there is none} */
    public int metricsPort() {
        return file.metricsPort();
    }

    /** {@return process id of the server} */
    public long serverPid() {
        return serverPid;
    }

    /** {@return whether the session has ended, by close, or because the server is gone} */
    public boolean isClosed() {
        return closed || broken != null;
    }

    /** {@return the objects of the server: to find, make, list and delete them} */
    public RemoteObjects objects() {
        return objects;
    }

    /**
     * A queue; this process has one object for each.
     *
     * @param reference to it
     * @return the queue
     */
    public RemoteQueue queue(final ObjectReference reference) {
        return dispatcher.queue(reference, known -> new RemoteQueue(this, known));
    }

    /** A reference is not used any more; the server need not be told at once, nor if there is none any more. */
    void release(final int objectId, final int count) {
        dispatcher.forget(objectId);
        final Call call = isClosed() ? null : calls.begin();
        if (call == null) {
            return;
        }
        try {
            final ReleaseEncoder release = new ReleaseEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .objectId(objectId)
                    .count(count);
            link.send(call.request, 0, MessageHeaderEncoder.ENCODED_LENGTH + release.encodedLength());
        } finally {
            end(call);
        }
    }

    /** {@return a call, to be given back by {@link #end}} */
    public Call begin() {
        final Call call = calls.begin();
        if (call == null) {
            throw new CondatisException("more than " + Calls.MAX_CALLS + " calls to the manager " + name()
                    + " wait at once in this process; use fewer threads");
        }
        return call;
    }

    /** {@return a call, as {@link #begin} gives it, once there is one: for what must be sent} */
    Call beginWhenPossible() {
        Call call = calls.begin();
        while (call == null) {
            checkOpen();
            LockSupport.parkNanos(SLICE_NS);
            call = calls.begin();
        }
        return call;
    }

    /**
     * Make a call ready for one more request.
     *
     * @param call whose request was answered
     */
    public void renew(final Call call) {
        calls.renew(call);
    }

    /**
     * Give a call back.
     *
     * @param call from {@link #begin}
     */
    public void end(final Call call) {
        calls.end(call);
    }

    void customHandler(final CustomHandler handler) {
        dispatcher.customHandler(handler);
    }

    /** Read until the connection is closed or lost. The server rings for what it sends, and its death is seen by others. */
    void serve() {
        final Call never = begin();
        try {
            await(never, false);
        } finally {
            end(never);
        }
    }

    WindowCells windows() {
        return file.windows();
    }

    /** Send a request and wait for its answer, which may be a reference, whatever interrupts. */
    void invoke(final Call call, final int encodedLength) {
        invokePlain(call, encodedLength);
        objects.noteReference(call);
    }

    /** Send a request and wait for its answer, which is no payload, whatever interrupts. */
    void invokePlain(final Call call, final int encodedLength) {
        send(call, encodedLength);
        if (await(call, false)) {
            Thread.currentThread().interrupt();
        }
        Answers.check(call);
    }

    /** Send a request and wait for its answer; an interrupt withdraws it. */
    void invokeInterruptibly(final Call call, final int encodedLength) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (invokeCancellably(call, encodedLength)) {
            if (Answers.isCancelled(call)) {
                throw new InterruptedException();
            }
            Thread.currentThread().interrupt();
        }
        Answers.check(call);
        objects.noteReference(call);
    }

    /**
     * Send a request and wait for its answer, which the caller has to look at; an interrupt withdraws the request.
     *
     * @return whether the thread was interrupted meanwhile; its status is cleared then
     */
    boolean invokeCancellably(final Call call, final int encodedLength) {
        send(call, encodedLength);
        return await(call, true);
    }

    /** {@return the one object of this connection that knows what this process has of an object of the server} */
    <T extends Possession> T possession(
            final ObjectReference reference, final Class<T> type, final BiFunction<ObjectReference, Keeper, T> maker) {
        return type.cast(dispatcher.possession(reference, maker));
    }

    /** Refuse a payload that no message can carry, before anything is spent or sent for it. */
    void checkLength(final int payloadLength) {
        if (payloadLength > Protocol.MAX_VALUE_LENGTH) {
            throw new CondatisException("a payload of " + payloadLength + " bytes for the manager " + name()
                    + " is longer than the limit of " + Protocol.MAX_VALUE_LENGTH
                    + " bytes; store larger values in pieces or in a SharedMemory block");
        }
    }

    /** Send what a call has encoded and do not wait. */
    void send(final Call call, final int encodedLength) {
        checkOpen();
        if (!link.send(call.request, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength)) {
            throw connectionLost();
        }
    }

    /** Begin a message in the stream itself, at {@link #claimOffset()}; {@link #commit()} or {@link #abort()} must follow. */
    MutableDirectBuffer claim(final int length) {
        checkOpen();
        final BufferClaim claim = link.claim(length);
        if (claim == null) {
            throw connectionLost();
        }
        return claim.buffer();
    }

    int claimOffset() {
        return link.claimOffset();
    }

    void commit() {
        link.commit();
    }

    void abort() {
        link.abort();
    }

    /** Read what has arrived already, unless another thread is doing so. */
    public void pollNow() {
        if (lead.take()) {
            try {
                link.poll();
            } finally {
                resign();
            }
        }
    }

    /** Whether the thread was interrupted meanwhile; its status is cleared then. */
    private boolean await(final Call call, final boolean cancelOnInterrupt) {
        boolean interrupted = false;
        while (!call.isDone()) {
            checkOpen();
            if (lead.take()) {
                try {
                    lead(call, cancelOnInterrupt ? Waiting.YIELD_NS : Waiting.YIELD_FOR_ANSWER_NS);
                } finally {
                    resign();
                }
            } else {
                follow(call);
            }
            if (Thread.interrupted()) {
                if (!interrupted && cancelOnInterrupt && !call.isDone()) {
                    cancel(call);
                }
                interrupted = true;
            }
        }
        return interrupted;
    }

    /** One of those that follow has to lead; where there is nothing to wait for any more, all of them must hear of it. */
    private void resign() {
        lead.resign();
        if (isClosed()) {
            calls.wakeFollowers();
        } else {
            calls.wakeFollower();
        }
    }

    /** Poll until the call is done, the thread is interrupted, or the server is gone. */
    private void lead(final Call call, final long yieldNs) {
        patience.begin(yieldNs);
        while (!call.isDone()) {
            if (link.poll() > 0) {
                patience.reset();
            } else if (!patience.pause()) {
                if (closed || Thread.currentThread().isInterrupted()) {
                    return;
                }
                if (sleep()) {
                    patience.reset();
                }
            }
        }
    }

    /** Sleep until something has come; {@return whether something has} If not, the server lives. */
    private boolean sleep() {
        final long sliceNs = file.wakesOnServerDeath(doorbell) ? LONG_SLICE_NS : SLICE_NS;
        doorbell.arm();
        final boolean came = link.pollBeforeSleep() > 0;
        if (!came) {
            doorbell.awaitInterruptibly(sliceNs);
        }
        doorbell.disarm();
        if (came || link.poll() > 0) {
            return true;
        }
        checkUp();
        return false;
    }

    private void follow(final Call call) {
        for (int i = 0; i < FOLLOWER_SPINS; i++) {
            if (call.isDone() || !lead.isTaken()) {
                return;
            }
            Thread.onSpinWait();
        }
        call.follower(Thread.currentThread());
        if (!call.isDone() && lead.isTaken()) {
            LockSupport.parkNanos(this, LONG_SLICE_NS);
        }
        call.follower(null);
    }

    private void cancel(final Call call) {
        final Call messenger = begin();
        try {
            final CancelEncoder cancel = new CancelEncoder()
                    .wrapAndApplyHeader(messenger.request, 0, messenger.header)
                    .correlation(call.correlation());
            send(messenger, cancel.encodedLength());
        } finally {
            end(messenger);
        }
    }

    /** {@return false once the session has ended, by close, or because the server is gone, within some 16 ms} */
    boolean isAlive() {
        return !isClosed() && !link.wasServerDead();
    }

    /** Throws unless {@link #isAlive()}. */
    void checkAlive() {
        if (!isAlive()) {
            throw connectionLost();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the connection to the manager " + name() + " is closed");
        }
        if (broken != null) {
            throw lost.apply(broken);
        }
    }

    private void checkUp() {
        checkOpen();
        if (dispatcher.rejection() != null || !link.isUp()) {
            throw connectionLost();
        }
    }

    private CondatisException connectionLost() {
        checkOpen();
        if (dispatcher.rejection() != null) {
            broken = manager + " refused this process: " + dispatcher.rejection();
        } else if (link.isServerDead()) {
            broken = manager + " has ended; start it again and connect anew";
        } else {
            broken = "the connection to " + manager + " was lost, because the manager is shutting down or this process"
                    + " stood still for too long; connect anew";
            file.close(); // nothing of this session can be used any more, so nothing of it shall be held
        }
        return lost.apply(broken);
    }

    /** End the session as {@link #close()} does, and remove what a server that was killed has left in shared memory. */
    public void closeAndClear() {
        final boolean serverDied = !closed && !file.isClosed() && link.isServerDead();
        close();
        if (serverDied) {
            directory.removeDead(serverPid);
        }
    }

    /**
     * Say goodbye and end the session; idempotent. Threads that wait for answers are told that it is closed. The streams
     * are unmapped only when no thread polls or sends any more.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (broken == null && link.isUp()) {
                final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(32);
                final GoodbyeEncoder goodbye =
                        new GoodbyeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
                link.sendLast(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + goodbye.encodedLength());
            }
        }
        while (!lead.take()) {
            doorbell.ring();
            Thread.yield();
        }
        calls.wakeFollowers();
        link.close();
        file.close();
    }
}
