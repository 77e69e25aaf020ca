package io.condatis.internal.client;

import io.condatis.internal.protocol.sbe.SemaphoreAcquireEncoder;
import io.condatis.internal.protocol.sbe.SemaphoreReleaseEncoder;
import io.condatis.internal.protocol.sbe.SemaphoreStateEncoder;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A managed semaphore. How many permits this process has is known here: giving one of those back does not wait for the
 * server. Thread-safe; one for each connection.
 */
public final class RemoteSemaphore implements Possession {
    private final Connection connection;
    private final ObjectReference reference;
    private final Keeper keeper;
    private final int objectId;
    private final AtomicLong held = new AtomicLong();

    private RemoteSemaphore(final Connection connection, final ObjectReference reference, final Keeper keeper) {
        this.connection = connection;
        this.reference = reference;
        this.keeper = keeper;
        objectId = reference.objectId();
    }

    /**
     * A semaphore, bounded or not.
     *
     * @param connection to the server
     * @param reference to it
     * @return the semaphore
     */
    public static RemoteSemaphore of(final Connection connection, final ObjectReference reference) {
        return connection.possession(
                reference, RemoteSemaphore.class, (known, keeper) -> new RemoteSemaphore(connection, known, keeper));
    }

    /** {@return the connection it is reached by} */
    public Connection connection() {
        return connection;
    }

    /** {@return what refers to it} */
    public ObjectReference reference() {
        return reference;
    }

    /**
     * Take a permit, whatever interrupts.
     *
     * @param timeoutNs longest wait; 0 none, negative for ever
     * @return false when the time passed first
     */
    public boolean acquire(final long timeoutNs) {
        final Call call = connection.begin();
        try {
            connection.invoke(call, encodeAcquire(call, timeoutNs));
            return isGranted(call);
        } finally {
            connection.end(call);
        }
    }

    /**
     * Take a permit.
     *
     * @param timeoutNs longest wait; 0 none, negative for ever
     * @return false when the time passed first
     * @throws InterruptedException when interrupted before one was granted; none is taken then
     */
    public boolean acquireInterruptibly(final long timeoutNs) throws InterruptedException {
        final Call call = connection.begin();
        try {
            connection.invokeInterruptibly(call, encodeAcquire(call, timeoutNs));
            return isGranted(call);
        } finally {
            connection.end(call);
        }
    }

    /**
     * Give a permit back: one of this process's, or as the kind of semaphore says.
     *
     * @throws IllegalStateException when the semaphore is bounded and nobody has a permit
     * @throws io.condatis.error.CondatisException when there are 2^31 - 1 already
     */
    public void release() {
        connection.pollNow(); // Another may have released one of ours.
        final Call call = connection.begin();
        try {
            if (drop()) {
                connection.send(call, encodeRelease(call, 0));
            } else {
                connection.invoke(call, encodeRelease(call, call.correlation()));
            }
        } finally {
            connection.end(call);
        }
    }

    /** {@return how the semaphore stands} */
    public SyncState state() {
        final Call call = connection.begin();
        try {
            final SemaphoreStateEncoder state = new SemaphoreStateEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            return SyncState.ask(connection, call, state.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    @Override
    public void onLost(final long ignored) {
        drop();
    }

    private boolean drop() {
        long permits = held.get();
        while (permits > 0 && !held.compareAndSet(permits, permits - 1)) {
            permits = held.get();
        }
        if (permits == 1) {
            keeper.letGo();
            if (held.get() > 0) {
                keeper.hold(this); // A permit came in between.
            }
        }
        return permits > 0;
    }

    private boolean isGranted(final Call call) {
        if (!Answers.isOk(call)) {
            return false;
        }
        held.incrementAndGet();
        keeper.hold(this);
        return true;
    }

    private int encodeAcquire(final Call call, final long timeoutNs) {
        final SemaphoreAcquireEncoder acquire = call.encoders
                .semaphoreAcquire
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .timeoutNs(timeoutNs);
        return acquire.encodedLength();
    }

    private int encodeRelease(final Call call, final long correlation) {
        final SemaphoreReleaseEncoder release = call.encoders
                .semaphoreRelease
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(correlation)
                .objectId(objectId);
        return release.encodedLength();
    }
}
