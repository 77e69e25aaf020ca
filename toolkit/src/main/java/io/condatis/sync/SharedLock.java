package io.condatis.sync;

import static io.condatis.sync.LockDescriptor.DIRTY;
import static io.condatis.sync.LockDescriptor.LONGEST_WAIT_OFFSET;
import static io.condatis.sync.LockDescriptor.MAGIC;
import static io.condatis.sync.LockDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.LockDescriptor.RECOVERIES_OFFSET;
import static io.condatis.sync.LockDescriptor.STARVING;
import static io.condatis.sync.LockDescriptor.STATE_OFFSET;
import static io.condatis.sync.LockDescriptor.WAITERS;
import static io.condatis.sync.LockDescriptor.WAITS_OFFSET;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.CrashPoint;
import io.condatis.internal.os.Futex;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Mutual exclusion between the threads of any number of processes, which survives the death of its owner.
 *
 * <p>Not reentrant. Taking a free lock is one CAS; otherwise a thread spins briefly, then sleeps. Any thread may be
 * virtual. Who dies with the lock loses it to the next one that wants it, within about one slice of
 * {@value #SLICE_MS} ms; a process that is merely stopped, however long, keeps it. The next owner is told:
 * {@link #isAbandoned()} is true for it and for every later one until one calls {@link #markConsistent()}, because what
 * the lock protects may be half changed. A thread that ends in a living process without unlocking keeps the lock;
 * {@link #toString()} says so.
 *
 * <p>States of the word (layout: {@link LockDescriptor}) and the steps between them, each one CAS:
 * <ul>
 *   <li>free to owned, owned to free: the owner's token comes and goes; D and S stay, W goes at unlock;
 *   <li>owned to W set: somebody is about to sleep. After it sleeps, it sets W again when it takes the lock, since it
 *       cannot know whether others sleep too;
 *   <li>owned to S set: somebody has waited {@value #STARVING_AFTER_MS} ms. While S is set only such threads may take a
 *       free lock, the first one clears it;
 *   <li>owned by the dead to owned by me, D and W set: recovery. Of several only one succeeds, and if that one dies at any
 *       point the next recovers from it in the same way.
 * </ul>
 * A wake that is lost because its sender died costs one slice: nobody sleeps longer without looking.
 *
 * <p>In CPython: {@code multiprocessing.Lock}, which is lost for ever when its owner is killed.
 */
public final class SharedLock implements Lock {
    /** Bytes that a lock takes in memory. */
    public static final int LENGTH = LockDescriptor.LENGTH;

    private static final int SLICE_MS = 20;
    private static final int STARVING_AFTER_MS = 5;
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(SLICE_MS);
    private static final long SHORT_SLICE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STARVING_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(STARVING_AFTER_MS);
    private static final int SPINS = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 200;

    private final UnsafeBuffer record;
    private final long futexAddress;
    private final Participants participants;
    private final String name;
    private final Futex futex = Futex.get();
    private final Hold hold = new Hold(this);

    private SharedLock(final UnsafeBuffer record, final Participants participants, final String name) {
        this.record = record;
        this.futexAddress = record.addressOffset() + STATE_OFFSET;
        this.participants = participants;
        this.name = name;
    }

    /**
     * Makes a free lock in memory that nobody else sees yet.
     *
     * @param buffer off-heap memory
     * @param offset of the lock in it; its address must be a multiple of 64
     */
    public static void initialise(final AtomicBuffer buffer, final int offset) {
        checkAlignment(buffer, offset);
        buffer.setMemory(offset, LENGTH, (byte) 0);
        buffer.putIntVolatile(offset + MAGIC_OFFSET, MAGIC);
    }

    /**
     * The lock at a place in memory.
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
        Objects.requireNonNull(participants, "participants");
        checkAlignment(buffer, offset);
        final int magic = buffer.getIntVolatile(offset + MAGIC_OFFSET);
        if (magic != MAGIC) {
            throw new CondatisException("no lock '" + name + "' at offset=" + offset + ": magic=0x"
                    + Integer.toHexString(magic) + ", expected 0x" + Integer.toHexString(MAGIC));
        }
        return new SharedLock(new UnsafeBuffer(buffer, offset, LENGTH), participants, name);
    }

    /**
     * {@inheritDoc} An interrupt is kept for later.
     *
     * @throws IllegalMonitorStateException when the calling thread holds the lock already
     */
    @Override
    public void lock() {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token)) {
            lockUninterruptibly(token);
        }
        acquired(thread);
    }

    /**
     * {@inheritDoc} A sleeping thread notices an interrupt within {@value #SLICE_MS} ms.
     *
     * @throws IllegalMonitorStateException when the calling thread holds the lock already
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
        if (record.compareAndSetLong(STATE_OFFSET, 0, token) || tryOnce(token)) {
            acquired(thread);
            return true;
        }
        return false;
    }

    /**
     * {@inheritDoc} A sleeping thread notices an interrupt within {@value #SLICE_MS} ms.
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
            unlockSlowly(token);
        }
        thread.released();
    }

    /**
     * Locks, and unlocks at the end of a try block.
     *
     * @return this lock's one {@link Hold}
     * @throws IllegalMonitorStateException when the calling thread holds the lock already
     */
    public Hold hold() {
        lock();
        return hold;
    }

    /** {@return whether some owner died inside and nobody has called {@link #markConsistent()} since} */
    public boolean isAbandoned() {
        return (word() & DIRTY) != 0;
    }

    /**
     * Declares that what the lock protects is in order again; {@link #isAbandoned()} becomes false.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public void markConsistent() {
        final long token = participants.token(ThreadOrdinal.current(), this);
        long word;
        do {
            word = record.getLongVolatile(STATE_OFFSET);
            checkOwner(word, token);
        } while ((word & DIRTY) != 0 && !record.compareAndSetLong(STATE_OFFSET, word, word & ~DIRTY));
    }

    /** {@return whether anybody holds the lock, dead or alive} */
    public boolean isLocked() {
        return !isFree(word());
    }

    /** {@return whether the calling thread holds the lock, through this region's membership} */
    public boolean isHeldByCurrentThread() {
        return participants.isOwner(word(), ThreadOrdinal.current());
    }

    /** {@return how often the lock was taken over from a dead owner} */
    public long recoveries() {
        checkOpen();
        return record.getLongVolatile(RECOVERIES_OFFSET);
    }

    /** {@return how often somebody got the lock after having slept for it} */
    public long waits() {
        checkOpen();
        return record.getLongVolatile(WAITS_OFFSET);
    }

    /** {@return the longest time in ns that somebody who got the lock had waited, where it had to sleep} */
    public long longestWaitNs() {
        checkOpen();
        return record.getLongVolatile(LONGEST_WAIT_OFFSET);
    }

    /** {@return the name that was given for messages} */
    public String name() {
        return name;
    }

    /**
     * Not offered: a condition between processes is an object of its own.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("SharedLock '" + name + "' has no conditions of its own");
    }

    /** Name, owner, and what the flags say, at this moment. */
    @Override
    public String toString() {
        if (participants.isClosed()) {
            return "SharedLock[" + name + ", closed]";
        }
        final long word = record.getLongVolatile(STATE_OFFSET);
        return "SharedLock[" + name
                + (isFree(word) ? ", free" : ", held by " + participants.describeOwner(word))
                + ((word & WAITERS) == 0 ? "" : ", waiters")
                + ((word & DIRTY) == 0 ? "" : ", abandoned")
                + "]";
    }

    /** Whether somebody died with the lock and nobody has taken it over yet. */
    boolean isHeldByTheDead() {
        final long word = word();
        return !isFree(word) && participants.isOwnerDead(word);
    }

    private void acquired(final ThreadOrdinal thread) {
        thread.acquired();
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.acquired");
        }
    }

    private void lockUninterruptibly(final long token) {
        boolean interrupted = false;
        try {
            while (acquireSlowly(token, Long.MAX_VALUE) == Outcome.INTERRUPTED) {
                interrupted = true; // the status is clear now, so that the next sleep is one
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryLockNs(final long timeoutNs) throws InterruptedException {
        final ThreadOrdinal thread = ThreadOrdinal.current();
        final long token = participants.token(thread, this);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token)) {
            final boolean acquired = timeoutNs <= 0 ? tryOnce(token) : acquireInterruptibly(token, timeoutNs);
            if (!acquired) {
                return false;
            }
        }
        acquired(thread);
        return true;
    }

    private boolean tryOnce(final long token) {
        while (true) {
            final long word = record.getLongVolatile(STATE_OFFSET);
            if (isFree(word)) {
                if (record.compareAndSetLong(STATE_OFFSET, word, word | token)) {
                    return true;
                }
            } else if ((word & OwnerToken.MASK) == token || !participants.isOwnerDead(word)) {
                return false;
            } else if (recover(word, token)) {
                return true;
            }
        }
    }

    private boolean acquireInterruptibly(final long token, final long timeoutNs) throws InterruptedException {
        final Outcome outcome = acquireSlowly(token, timeoutNs);
        if (outcome == Outcome.INTERRUPTED) {
            throw new InterruptedException();
        }
        return outcome == Outcome.ACQUIRED;
    }

    private Outcome acquireSlowly(final long token, final long timeoutNs) {
        if (spin(token)) {
            return Outcome.ACQUIRED;
        }
        final long startNs = System.nanoTime();
        boolean slept = false;
        boolean ownerInDoubt = true; // the first look at the owner comes before the first sleep
        while (true) {
            final long word = record.getLongVolatile(STATE_OFFSET);
            final long waitedNs = System.nanoTime() - startNs;
            final boolean starving = waitedNs > STARVING_AFTER_NS;
            if (canTake(word, starving, ownerInDoubt)) {
                if (take(word, token)) {
                    recordWait(slept, waitedNs);
                    return Outcome.ACQUIRED;
                }
                continue;
            }
            final long announced = word | WAITERS | (starving ? STARVING : 0);
            if (word != announced && !record.compareAndSetLong(STATE_OFFSET, word, announced)) {
                continue;
            }
            final Outcome outcome = sleep(announced, timeoutNs - waitedNs);
            if (outcome != null) {
                withdraw();
                return outcome;
            }
            slept = true;
            participants.token(ThreadOrdinal.current(), this); // the region may have been closed meanwhile
            ownerInDoubt = ((record.getLongVolatile(STATE_OFFSET) ^ word) & OwnerToken.MASK) == 0;
        }
    }

    private boolean canTake(final long word, final boolean starving, final boolean ownerInDoubt) {
        if (isFree(word)) {
            return starving || (word & STARVING) == 0;
        }
        return ownerInDoubt && participants.isOwnerDead(word);
    }

    private boolean take(final long word, final long token) {
        return isFree(word)
                ? record.compareAndSetLong(STATE_OFFSET, word, token | word & DIRTY | WAITERS)
                : recover(word, token);
    }

    private boolean spin(final long token) {
        for (int i = 0; i <= SPINS; i++) {
            final long word = record.getLongVolatile(STATE_OFFSET);
            if ((word & (OwnerToken.MASK | STARVING)) == 0
                    && record.compareAndSetLong(STATE_OFFSET, word, token | word)) {
                return true;
            }
            if ((word & OwnerToken.MASK) == token) {
                throw new IllegalMonitorStateException(
                        "the calling thread would wait for itself: it holds " + this + " already");
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Sleeps one slice. A result ends the waiting. */
    private Outcome sleep(final long word, final long leftNs) {
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.announced");
        }
        if (Thread.interrupted()) {
            return Outcome.INTERRUPTED;
        }
        if (leftNs <= 0) {
            return Outcome.TIMED_OUT;
        }
        final long sliceNs = isFree(word) || !participants.everyoneCanWake() ? SHORT_SLICE_NS : SLICE_NS;
        futex.await(futexAddress, (int) word, Math.min(leftNs, sliceNs));
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.woken");
        }
        return null;
    }

    /** Who gives up takes S with it; others that starve set it again. W stays: others may sleep, and it costs one wake. */
    private void withdraw() {
        long word;
        do {
            word = record.getLongVolatile(STATE_OFFSET);
        } while ((word & STARVING) != 0 && !record.compareAndSetLong(STATE_OFFSET, word, word & ~STARVING));
    }

    private boolean recover(final long word, final long token) {
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.recovering");
        }
        if (!record.compareAndSetLong(STATE_OFFSET, word, token | WAITERS | DIRTY)) {
            return false;
        }
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.recovered");
        }
        record.getAndAddLong(RECOVERIES_OFFSET, 1);
        return true;
    }

    private void recordWait(final boolean slept, final long waitedNs) {
        if (slept) {
            record.getAndAddLong(WAITS_OFFSET, 1);
            long longest = record.getLongVolatile(LONGEST_WAIT_OFFSET);
            while (waitedNs > longest && !record.compareAndSetLong(LONGEST_WAIT_OFFSET, longest, waitedNs)) {
                longest = record.getLongVolatile(LONGEST_WAIT_OFFSET);
            }
        }
    }

    private void unlockSlowly(final long token) {
        long word;
        do {
            word = record.getLongVolatile(STATE_OFFSET);
            checkOwner(word, token);
        } while (!record.compareAndSetLong(STATE_OFFSET, word, word & (DIRTY | STARVING)));
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.unlocked");
        }
        if ((word & WAITERS) != 0) {
            futex.wake(futexAddress, (word & STARVING) != 0 ? Integer.MAX_VALUE : 1);
        }
    }

    private void checkOwner(final long word, final long token) {
        if ((word & OwnerToken.MASK) != token) {
            throw new IllegalMonitorStateException("the calling thread does not hold " + this);
        }
    }

    private long word() {
        checkOpen();
        return record.getLongVolatile(STATE_OFFSET);
    }

    private void checkOpen() {
        if (participants.isClosed()) {
            throw new IllegalStateException(this + " cannot be used: its shared memory was closed");
        }
    }

    private static boolean isFree(final long word) {
        return (word & OwnerToken.MASK) == 0;
    }

    private static void checkAlignment(final AtomicBuffer buffer, final int offset) {
        if ((buffer.addressOffset() + offset & (LockDescriptor.ALIGNMENT - 1)) != 0) {
            throw new IllegalArgumentException("offset=" + offset
                    + " of a lock is not at an address that is a multiple of " + LockDescriptor.ALIGNMENT);
        }
    }

    /** How a wait ends. */
    private enum Outcome {
        ACQUIRED,
        TIMED_OUT,
        INTERRUPTED
    }
}
