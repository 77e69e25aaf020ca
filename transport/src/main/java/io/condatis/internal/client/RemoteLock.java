package io.condatis.internal.client;

import io.condatis.internal.os.ProcessIdentity;
import io.condatis.internal.protocol.sbe.Kind;
import io.condatis.internal.protocol.sbe.LockAcquireEncoder;
import io.condatis.internal.protocol.sbe.LockConsistentEncoder;
import io.condatis.internal.protocol.sbe.LockReleaseEncoder;
import io.condatis.internal.protocol.sbe.LockStateEncoder;
import io.condatis.internal.protocol.sbe.Status;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A managed lock. What this process has of it is known here, so only taking the lock and giving back what others hold
 * wait for the server: a release of one's own is sent and done, and a thread that takes a reentrant lock again only counts.
 * If somebody else ends the grant the server says so, and {@link #release} throws. Thread-safe; one for each connection.
 */
public final class RemoteLock implements Possession {
    private final Connection connection;
    private final ObjectReference reference;
    private final Keeper keeper;
    private final int objectId;
    private final boolean reentrant;
    /** Of the grant that this process has, or 0. */
    private final AtomicLong fence = new AtomicLong();
    /** Threads whose grant was ended by others and which have not been told yet, with its fence. */
    private final Map<Thread, Long> robbed = Collections.synchronizedMap(new WeakHashMap<>());

    /** Who has the grant, or had the last; written before the fence is. */
    private volatile Thread owner;

    private volatile boolean abandoned;
    /** How often the owner has taken it; used by the owner only. */
    private int levels;

    private RemoteLock(final Connection connection, final ObjectReference reference, final Keeper keeper) {
        this.connection = connection;
        this.reference = reference;
        this.keeper = keeper;
        objectId = reference.objectId();
        reentrant = reference.kind() == Kind.REENTRANT_LOCK;
    }

    /**
     * A lock, reentrant or not.
     *
     * @param connection to the server
     * @param reference to it
     * @return the lock
     */
    public static RemoteLock of(final Connection connection, final ObjectReference reference) {
        return connection.possession(
                reference, RemoteLock.class, (known, keeper) -> new RemoteLock(connection, known, keeper));
    }

    /** {@return the connection it is reached by} */
    public Connection connection() {
        return connection;
    }

    /** {@return what refers to it} */
    public ObjectReference reference() {
        return reference;
    }

    /** {@return whether its owner may take it again} */
    public boolean isReentrant() {
        return reentrant;
    }

    /**
     * Take the lock, whatever interrupts; not when the calling thread has it.
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
     * Take the lock; not when the calling thread has it.
     *
     * @param timeoutNs longest wait; 0 none, negative for ever
     * @return false when the time passed first
     * @throws InterruptedException when interrupted before it was granted; it is not held then
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
     * Take a reentrant lock that the calling thread has once more.
     *
     * @throws Error when it has it 2^31 - 1 times
     */
    public void reenter() {
        if (levels == Integer.MAX_VALUE) {
            throw new Error("the calling thread has taken a managed lock " + levels + " times");
        }
        levels++;
    }

    /**
     * Give the lock back, once.
     *
     * @throws IllegalMonitorStateException when nobody holds it; when it is reentrant and the calling thread does not hold it;
     *     when the calling thread did hold it and somebody else has ended that
     */
    public void release() {
        connection.checkAlive();
        if (!reentrant) {
            connection.pollNow(); // It may have been released by another.
        }
        long held = fence.get();
        while (held != 0 && (!reentrant || owner == Thread.currentThread())) {
            if (levels > 1) {
                levels--;
                return;
            }
            if (giveUp(held)) {
                sendRelease(held);
                return;
            }
            held = fence.get();
        }
        checkNotRobbed();
        if (reentrant) {
            throw notHeld();
        }
        releaseAnothers();
    }

    /** {@return whether the calling thread has the lock} */
    public boolean isHeldByCurrentThread() {
        return fence.get() != 0 && owner == Thread.currentThread() && connection.isAlive();
    }

    /** {@return how often the calling thread has taken the lock and not given it back} */
    public int holdCount() {
        return isHeldByCurrentThread() ? levels : 0;
    }

    /**
     * The fence of the calling thread's grant.
     *
     * @return a number greater than that of every grant before it, of this lock and of others
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public long fence() {
        connection.checkAlive();
        final long held = fence.get();
        if (held == 0 || owner != Thread.currentThread()) {
            checkNotRobbed();
            throw notHeld();
        }
        return held;
    }

    /** {@return whether the calling thread, which has the lock, was told that an owner died, and has not repaired} */
    public boolean isGrantAbandoned() {
        return abandoned;
    }

    /**
     * Say that what the lock protects is in order again.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public void markConsistent() {
        final long held = fence();
        final Call call = connection.begin();
        try {
            final LockConsistentEncoder consistent = new LockConsistentEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId)
                    .fence(held);
            connection.invoke(call, consistent.encodedLength());
            abandoned = false;
        } finally {
            connection.end(call);
        }
    }

    /** {@return how the lock stands} */
    public SyncState state() {
        final Call call = connection.begin();
        try {
            final LockStateEncoder state = new LockStateEncoder()
                    .wrapAndApplyHeader(call.request, 0, call.header)
                    .correlation(call.correlation())
                    .objectId(objectId);
            return SyncState.ask(connection, call, state.encodedLength());
        } finally {
            connection.end(call);
        }
    }

    /**
     * The thread of this process that has a grant.
     *
     * @param fenceOfGrant from {@link #state}
     * @return the thread, or null when the grant is not, or no more, this process's
     */
    public Thread owner(final long fenceOfGrant) {
        final Thread thread = owner;
        return fence.get() == fenceOfGrant ? thread : null;
    }

    @Override
    public void onLost(final long lostFence) {
        final Thread thread = owner;
        if (thread != null && fence.get() == lostFence) {
            robbed.put(thread, lostFence);
            if (!giveUp(lostFence)) {
                robbed.remove(thread, lostFence);
            }
        }
    }

    /** {@return whether the grant was this process's until now; the server has to be told} */
    boolean giveUp(final long held) {
        final boolean done = fence.compareAndSet(held, 0);
        if (done) {
            keeper.letGo();
        }
        return done;
    }

    /** The calling thread has it, so often. */
    void granted(final long grantedFence, final boolean ownerDied, final int times) {
        if (!robbed.isEmpty()) {
            robbed.remove(Thread.currentThread());
        }
        levels = times;
        abandoned = ownerDied;
        owner = Thread.currentThread();
        keeper.hold(this);
        fence.set(grantedFence);
    }

    @SuppressWarnings("deprecation") // threadId() is not there on JDK 17
    private int encodeAcquire(final Call call, final long timeoutNs) {
        final LockAcquireEncoder acquire = call.encoders
                .lockAcquire
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(call.correlation())
                .objectId(objectId)
                .timeoutNs(timeoutNs)
                .thread(Thread.currentThread().getId())
                .pid(ProcessIdentity.pid());
        return acquire.encodedLength();
    }

    private boolean isGranted(final Call call) {
        if (call.status() == Status.TIMEOUT) {
            return false;
        }
        granted(call.number(), call.status() == Status.OWNER_DIED, 1);
        return true;
    }

    private void sendRelease(final long held) {
        final Call call = connection.begin();
        try {
            connection.send(call, encodeRelease(call, 0, held));
        } finally {
            connection.end(call);
        }
    }

    /** Whoever holds it. */
    private void releaseAnothers() {
        final Call call = connection.begin();
        try {
            connection.invoke(call, encodeRelease(call, call.correlation(), 0));
        } finally {
            connection.end(call);
        }
    }

    private int encodeRelease(final Call call, final long correlation, final long held) {
        final LockReleaseEncoder release = call.encoders
                .lockRelease
                .wrapAndApplyHeader(call.request, 0, call.header)
                .correlation(correlation)
                .objectId(objectId)
                .fence(held);
        return release.encodedLength();
    }

    private void checkNotRobbed() {
        final Long lostFence = robbed.isEmpty() ? null : robbed.remove(Thread.currentThread());
        if (lostFence != null) {
            throw new IllegalMonitorStateException("the calling thread has lost the lock: its grant with fence "
                    + lostFence + " was released by another, or the lock was deleted");
        }
    }

    private static IllegalMonitorStateException notHeld() {
        return new IllegalMonitorStateException("the calling thread does not hold the lock");
    }
}
