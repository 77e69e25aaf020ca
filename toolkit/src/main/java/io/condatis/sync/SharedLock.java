package io.condatis.sync;

import static io.condatis.sync.LockDescriptor.PLAIN_MAGIC;
import static io.condatis.sync.LockDescriptor.STATE_OFFSET;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Mutual exclusion between the threads of any number of processes, which survives the death of its owner.
 *
 * <p>Not reentrant; {@link SharedReentrantLock} is. Taking a free lock is one CAS; otherwise a thread spins briefly,
 * then sleeps. Any thread may be virtual: it then owns the lock as any other does, and waits without holding its
 * carrier. Who dies with the lock loses it to the next one that wants it, within about a millisecond, or {@value
 * Sleeper#SLICE_MS} ms where deaths are not watched; a process that is merely stopped, however long, keeps it. What the
 * next owner is told is chosen when the lock is made, see {@link Abandonment}. Unless that says otherwise {@link
 * #isAbandoned()} is true for it and for every later one until one calls {@link #markConsistent()}, because what the
 * lock protects may be half changed. A thread that ends in a living process without unlocking keeps the lock; {@link
 * #toString()} says so.
 *
 * <p>Layout: {@link LockDescriptor}. Protocol: {@link LockCore}.
 *
 * <p>In CPython: {@code multiprocessing.Lock}, which is lost for ever when its owner is killed, and which anybody may
 * release; this one only its owner.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedLock implements Lock, Held, Serializable {
    /** Bytes that a lock takes in memory. */
    public static final int LENGTH = LockDescriptor.LENGTH;

    private final UnsafeBuffer record;

    /** Of the memory that is the lock; null when the lock is part of something. */
    private final Access whole;

    private final Participants participants;
    private final LockCore core;
    private final Hold hold = new Hold(this);

    private SharedLock(final LockCore core, final Access whole) {
        this.record = core.record;
        this.whole = whole;
        this.participants = core.participants;
        this.core = core;
    }

    /**
     * Makes a free lock in memory that nobody else sees yet, under {@link Abandonment#REPORT}.
     *
     * @param buffer off-heap memory
     * @param offset of the lock in it; its address must be a multiple of 64
     */
    public static void initialise(final AtomicBuffer buffer, final int offset) {
        initialise(buffer, offset, Abandonment.REPORT);
    }

    /**
     * Makes a free lock in memory that nobody else sees yet.
     *
     * @param buffer off-heap memory
     * @param offset of the lock in it; its address must be a multiple of 64
     * @param abandonment what is to happen when an owner dies
     */
    public static void initialise(final AtomicBuffer buffer, final int offset, final Abandonment abandonment) {
        LockCore.initialise(buffer, offset, PLAIN_MAGIC, abandonment);
    }

    /**
     * The lock at a place in memory, without a repair handler.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the lock in it
     * @param participants this process's membership in the region
     * @param name for messages
     * @return a lock object; any number of them may stand for one lock
     * @throws CondatisException when there is no lock
     */
    public static SharedLock at(
            final AtomicBuffer buffer, final int offset, final Participants participants, final String name) {
        return at(buffer, offset, participants, name, null);
    }

    /**
     * The lock at a place in memory.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the lock in it
     * @param participants this process's membership in the region
     * @param name for messages
     * @param repair what an owner runs, holding the lock, when an earlier one died and the lock was made under
     *     {@link Abandonment#REPAIR}; null for nothing
     * @return a lock object; any number of them may stand for one lock
     * @throws CondatisException when there is no lock
     */
    public static SharedLock at(
            final AtomicBuffer buffer,
            final int offset,
            final Participants participants,
            final String name,
            final Runnable repair) {
        final UnsafeBuffer record = LockCore.record(buffer, offset, PLAIN_MAGIC, name);
        return new SharedLock(
                LockCore.at(record, participants, "SharedLock", name, repair), Records.whole(buffer, offset, LENGTH));
    }

    /**
     * {@inheritDoc} An interrupt is kept for later.
     *
     * @throws IllegalMonitorStateException when the calling thread holds the lock already
     * @throws AbandonedLockException when an owner died inside and the policy is {@link Abandonment#POISON}
     */
    @Override
    public void lock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token)) {
            core.lock(token, false);
        }
        core.acquired(thread);
    }

    /**
     * {@inheritDoc} A sleeping thread notices an interrupt at once, a virtual one within a millisecond.
     *
     * @throws IllegalMonitorStateException when the calling thread holds the lock already
     * @throws AbandonedLockException when an owner died inside and the policy is {@link Abandonment#POISON}
     */
    @Override
    public void lockInterruptibly() throws InterruptedException {
        tryLockNs(Long.MAX_VALUE);
    }

    /**
     * {@inheritDoc} Takes a free lock even when others wait for it, and recovers it from a dead owner. False when the
     * calling thread holds it already.
     */
    @Override
    public boolean tryLock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (record.compareAndSetLong(STATE_OFFSET, 0, token) || core.tryLock(token)) {
            core.acquired(thread);
            return true;
        }
        return false;
    }

    /**
     * {@inheritDoc} A sleeping thread notices an interrupt at once, a virtual one within a millisecond.
     *
     * @throws IllegalMonitorStateException when there is time to wait and the calling thread holds the lock already
     */
    @Override
    public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException {
        return tryLockNs(unit.toNanos(time));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    @Override
    public void unlock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (!record.compareAndSetLong(STATE_OFFSET, token, 0)) {
            core.unlock(token);
        }
        thread.released();
    }

    /**
     * Locks, and unlocks at the end of a try block.
     *
     * @return this lock's one {@link Hold}
     * @throws IllegalMonitorStateException when the calling thread holds the lock already
     * @throws AbandonedLockException when an owner died inside and the policy is {@link Abandonment#POISON}
     */
    public Hold hold() {
        lock();
        return hold;
    }

    /**
     * Locks whatever the policy and runs no repair handler, for whoever restores what the lock protects:
     * {@code try (Hold held = lock.lockForRepair()) { ...; lock.markConsistent(); }}.
     *
     * @return this lock's one {@link Hold}
     * @throws IllegalMonitorStateException when the calling thread holds the lock already
     */
    public Hold lockForRepair() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token)) {
            core.lock(token, true);
        }
        core.acquired(thread);
        return hold;
    }

    /** {@return whether some owner died inside and nobody has called {@link #markConsistent()} since} */
    @Override
    public boolean isAbandoned() {
        return core.isAbandoned();
    }

    /**
     * Declares that what the lock protects is in order again; {@link #isAbandoned()} becomes false.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public void markConsistent() {
        core.markConsistent(participants.token(ThreadOrdinal.current(), this));
    }

    /** {@return what happens when an owner dies} */
    public Abandonment abandonment() {
        return core.abandonment();
    }

    /** {@return whether anybody holds the lock, dead or alive} */
    public boolean isLocked() {
        return core.isLocked();
    }

    /** {@return whether the calling thread holds the lock, through this region's membership} */
    public boolean isHeldByCurrentThread() {
        return core.isHeldByCurrentThread();
    }

    /** {@return how often the lock was taken over from a dead owner} */
    public long recoveries() {
        return core.statistics().recoveries();
    }

    /** {@return how often somebody got the lock after having slept for it} */
    public long waits() {
        return core.statistics().waits();
    }

    /** {@return the longest time in ns that somebody who got the lock had waited, where it had to sleep} */
    public long longestWaitNs() {
        return core.statistics().longestWaitNs();
    }

    /** {@return the name that was given for messages} */
    public String name() {
        return core.name();
    }

    /**
     * Not offered: a condition between processes is an object of its own.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("SharedLock '" + name()
                + "' has no conditions of its own: SharedObjects.condition(name, lock) makes one beside it");
    }

    /** Name, owner, and what the flags say, at this moment. */
    @Override
    public String toString() {
        return core.toString();
    }

    /** What a condition works on. */
    LockCore core() {
        return core;
    }

    private boolean tryLockNs(final long timeoutNs) throws InterruptedException {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token) && !core.tryLock(token, timeoutNs)) {
            return false;
        }
        core.acquired(thread);
        return true;
    }

    private Object writeReplace() throws NotSerializableException {
        return Records.handle(this, whole);
    }
}
