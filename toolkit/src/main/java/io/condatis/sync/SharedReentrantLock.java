package io.condatis.sync;

import static io.condatis.sync.LockDescriptor.REENTRANT_MAGIC;
import static io.condatis.sync.LockDescriptor.REENTRIES_OFFSET;
import static io.condatis.sync.LockDescriptor.STATE_OFFSET;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import io.condatis.internal.os.CrashPoint;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Mutual exclusion between the threads of any number of processes which its owner may take again, and which survives
 * the owner's death.
 *
 * <p>A {@link SharedLock}, in everything but this: a thread that holds it may lock it again, and frees it by the last of as
 * many unlocks. Owner and count live in shared memory and die with their process: the next owner starts at one.
 *
 * <p>In CPython: {@code multiprocessing.RLock}, which is lost for ever when its owner is killed.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedReentrantLock implements Lock, Held, Serializable {
    /** Bytes that a lock takes in memory. */
    public static final int LENGTH = LockDescriptor.LENGTH;

    private final UnsafeBuffer record;

    /** Of the memory that is this object; null when it is part of something. */
    private final Access whole;

    private final Participants participants;
    private final LockCore core;
    private final Hold hold = new Hold(this);

    private SharedReentrantLock(final LockCore core, final Access whole) {
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
        LockCore.initialise(buffer, offset, REENTRANT_MAGIC, abandonment);
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
    public static SharedReentrantLock at(
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
    public static SharedReentrantLock at(
            final AtomicBuffer buffer,
            final int offset,
            final Participants participants,
            final String name,
            final Runnable repair) {
        final UnsafeBuffer record = LockCore.record(buffer, offset, REENTRANT_MAGIC, name);
        return new SharedReentrantLock(
                LockCore.at(record, participants, "SharedReentrantLock", name, repair),
                Records.whole(buffer, offset, LENGTH));
    }

    /**
     * {@inheritDoc} An interrupt is kept for later.
     *
     * @throws Error when the thread has locked it 2^31 - 1 times
     * @throws AbandonedLockException when an owner died inside and the policy is {@link Abandonment#POISON}
     */
    @Override
    public void lock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token)) {
            lockSlowly(token, false);
        }
        core.acquired(thread);
    }

    /**
     * {@inheritDoc} A sleeping thread notices an interrupt at once, a virtual one within a millisecond.
     *
     * @throws Error when the thread has locked it 2^31 - 1 times
     * @throws AbandonedLockException when an owner died inside and the policy is {@link Abandonment#POISON}
     */
    @Override
    public void lockInterruptibly() throws InterruptedException {
        tryLockNs(Long.MAX_VALUE);
    }

    /**
     * {@inheritDoc} Takes a free lock even when others wait for it, and recovers it from a dead owner.
     */
    @Override
    public boolean tryLock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (record.compareAndSetLong(STATE_OFFSET, 0, token) || reenter(token) || core.tryLock(token)) {
            core.acquired(thread);
            return true;
        }
        return false;
    }

    /**
     * {@inheritDoc} A sleeping thread notices an interrupt at once, a virtual one within a millisecond.
     *
     * @throws Error when the thread has locked it 2^31 - 1 times
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
        core.checkOwner(core.state(), token);
        final int reentries = record.getInt(REENTRIES_OFFSET);
        if (reentries > 0) {
            record.putInt(REENTRIES_OFFSET, reentries - 1);
        } else if (!record.compareAndSetLong(STATE_OFFSET, token, 0)) {
            core.unlock(token);
        }
        thread.released();
    }

    /**
     * Locks, and unlocks at the end of a try block.
     *
     * @return this lock's one {@link Hold}
     * @throws Error when the thread has locked it 2^31 - 1 times
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
     * @throws Error when the thread has locked it 2^31 - 1 times
     */
    public Hold lockForRepair() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token)) {
            lockSlowly(token, true);
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

    /** {@return how often the calling thread has locked and not unlocked, 0 when it does not hold the lock} */
    public int holdCount() {
        return isHeldByCurrentThread() ? record.getInt(REENTRIES_OFFSET) + 1 : 0;
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
        throw new UnsupportedOperationException("SharedReentrantLock '" + name()
                + "' has no conditions of its own: SharedObjects.condition(name, lock) makes one beside it");
    }

    /** Name, owner and how often it has locked, and what the flags say, at this moment. */
    @Override
    public String toString() {
        return core.toString();
    }

    /** What a condition works on. */
    LockCore core() {
        return core;
    }

    private void lockSlowly(final long token, final boolean forRepair) {
        if (!reenter(token)) {
            core.lock(token, forRepair);
        }
    }

    private boolean reenter(final long token) {
        if ((core.state() & OwnerToken.MASK) != token) {
            return false;
        }
        final int reentries = record.getInt(REENTRIES_OFFSET);
        if (reentries >= Integer.MAX_VALUE - 1) {
            throw new Error("the calling thread has locked " + this + " too often");
        }
        record.putInt(REENTRIES_OFFSET, reentries + 1);
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.reentered");
        }
        return true;
    }

    private boolean tryLockNs(final long timeoutNs) throws InterruptedException {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token) && !reenter(token) && !core.tryLock(token, timeoutNs)) {
            return false;
        }
        core.acquired(thread);
        return true;
    }

    private Object writeReplace() throws NotSerializableException {
        return Records.handle(this, whole);
    }
}
