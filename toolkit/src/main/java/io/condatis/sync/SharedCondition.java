package io.condatis.sync;

import static io.condatis.sync.ConditionDescriptor.CELLS_OFFSET;
import static io.condatis.sync.ConditionDescriptor.FREE;
import static io.condatis.sync.ConditionDescriptor.LOCK_OFFSET;
import static io.condatis.sync.ConditionDescriptor.MAGIC;
import static io.condatis.sync.ConditionDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.ConditionDescriptor.NOTIFIED;
import static io.condatis.sync.ConditionDescriptor.STATISTICS_OFFSET;
import static io.condatis.sync.ConditionDescriptor.WAITING;
import static io.condatis.sync.ConditionDescriptor.cellOffset;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.CrashPoint;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Waiting, under a lock, for something that another thread or process will change and announce.
 *
 * <p>An object of its own beside its lock, in the same mapped memory; it belongs to the lock that its first user gives it, and
 * refuses another one. That lock is held for every method that waits or signals. {@link #await()} gives the lock up however
 * often it is held and takes it again before it returns. Waiters are served in their order. Not more than {@link #maxWaiters()}
 * threads may wait at once. Any thread may be virtual.
 *
 * <p><b>As with every {@link Condition} a wait may end without a signal</b>, here above all when somebody has died: wait in
 * a loop, or by {@link #awaitUntil(BooleanSupplier)}, which is one. While nobody dies, each signal ends exactly one wait.
 *
 * <p>Deaths, all noticed within about one slice of {@value Sleeper#SLICE_MS} ms:
 * <ul>
 *   <li>of a waiter: its place is free again; no signal goes to it;
 *   <li>of a waiter that had its signal already: another waiter gets that signal;
 *   <li>of whoever holds the lock: some waiter takes the lock over, and all waits end as if signalled, since the dead one may
 *       have owed a signal. The lock is abandoned then, see {@link SharedLock#isAbandoned()}; its policy is left to
 *       the next one that locks it;
 *   <li>of a signaller between marking the waiter and waking it: the waiter looks by itself.
 * </ul>
 * Everything but the sleep happens under the lock. A wait counts as signalled if the signal came at any time before the lock
 * was taken again: then it beats the interrupt, whose status stays set, and the end of the time.
 *
 * <p>In CPython: {@code multiprocessing.Condition}, where {@code notify()} hangs for ever when a waiter was killed.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedCondition implements Condition, Serializable {
    /** Waiters that fit when no number is given. */
    public static final int DEFAULT_MAX_WAITERS = ConditionDescriptor.DEFAULT_CELLS;

    private static final String KIND = "condition";
    private static final int NONE = ConditionCells.NONE;

    private final UnsafeBuffer record;

    /** Of the memory that is this object; null when it is part of something. */
    private final Access whole;

    private final Participants participants;
    private final LockCore lock;
    private final String name;
    private final ConditionCells cells;
    private final Statistics statistics;

    private SharedCondition(
            final UnsafeBuffer record,
            final Participants participants,
            final LockCore lock,
            final String name,
            final Access whole) {
        this.record = record;
        this.whole = whole;
        this.participants = participants;
        this.lock = lock;
        this.name = name;
        this.statistics = new Statistics(record, STATISTICS_OFFSET);
        this.cells = new ConditionCells(record, participants, statistics);
    }

    /**
     * The bytes that a condition takes in memory.
     *
     * @param maxWaiters most threads that wait at once, 1 to 65536
     * @return its length
     */
    public static int lengthBytes(final int maxWaiters) {
        if (maxWaiters < 1 || maxWaiters > ConditionDescriptor.MAX_CELLS) {
            throw new IllegalArgumentException(
                    "maxWaiters=" + maxWaiters + " is not from 1 to " + ConditionDescriptor.MAX_CELLS);
        }
        return cellOffset(maxWaiters);
    }

    /**
     * Makes a condition without waiters in memory that nobody else sees yet.
     *
     * @param buffer off-heap memory
     * @param offset of the condition in it; its address must be a multiple of 64
     * @param maxWaiters most threads that wait at once
     */
    public static void initialise(final AtomicBuffer buffer, final int offset, final int maxWaiters) {
        final int length = lengthBytes(maxWaiters);
        Records.checkAlignment(buffer, offset, KIND);
        buffer.setMemory(offset, length, (byte) 0);
        buffer.putInt(offset + CELLS_OFFSET, maxWaiters);
        buffer.putIntVolatile(offset + MAGIC_OFFSET, MAGIC);
    }

    /**
     * The condition at a place in memory, under a {@link SharedLock}.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the condition in it
     * @param participants this process's membership in the region, the same as the lock's
     * @param lock the same one for all users of the condition
     * @param name for messages
     * @return a condition object; any number of them may stand for one condition
     * @throws io.condatis.error.CondatisException when there is no condition
     * @throws IllegalArgumentException when the condition belongs to another lock
     */
    public static SharedCondition at(
            final AtomicBuffer buffer,
            final int offset,
            final Participants participants,
            final SharedLock lock,
            final String name) {
        return at(buffer, offset, participants, lock.core(), name);
    }

    /**
     * The condition at a place in memory, under a {@link SharedReentrantLock}; waiting unlocks all levels.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the condition in it
     * @param participants this process's membership in the region, the same as the lock's
     * @param lock the same one for all users of the condition
     * @param name for messages
     * @return a condition object; any number of them may stand for one condition
     * @throws io.condatis.error.CondatisException when there is no condition
     * @throws IllegalArgumentException when the condition belongs to another lock
     */
    public static SharedCondition at(
            final AtomicBuffer buffer,
            final int offset,
            final Participants participants,
            final SharedReentrantLock lock,
            final String name) {
        return at(buffer, offset, participants, lock.core(), name);
    }

    private static SharedCondition at(
            final AtomicBuffer buffer,
            final int offset,
            final Participants participants,
            final LockCore lock,
            final String name) {
        Objects.requireNonNull(participants, "participants");
        if (lock.participants != participants) {
            throw new IllegalArgumentException(
                    "lock '" + lock.name() + "' is in other shared memory than its condition '" + name + "' would be");
        }
        Records.checkAlignment(buffer, offset, KIND);
        Records.checkMagic(buffer, offset + MAGIC_OFFSET, MAGIC, KIND, name);
        final int cells = Records.count(buffer, offset + CELLS_OFFSET, 1, ConditionDescriptor.MAX_CELLS, KIND, name);
        final UnsafeBuffer record = Records.record(buffer, offset, cellOffset(cells), KIND, name);
        final SharedCondition condition =
                new SharedCondition(record, participants, lock, name, Records.whole(buffer, offset, record.capacity()));
        condition.requireLock(lock);
        return condition;
    }

    /**
     * Checks that this condition belongs to a lock.
     *
     * @param expected the lock
     * @throws IllegalArgumentException when it belongs to another one
     */
    public void requireLock(final SharedLock expected) {
        requireLock(expected.core());
    }

    /**
     * Checks that this condition belongs to a lock.
     *
     * @param expected the lock
     * @throws IllegalArgumentException when it belongs to another one
     */
    public void requireLock(final SharedReentrantLock expected) {
        requireLock(expected.core());
    }

    /** Whoever comes first decides. */
    private void requireLock(final LockCore expected) {
        // the same in every process, since both lie in one piece of mapped memory
        final long distance = expected.address() - record.addressOffset();
        if (!record.compareAndSetLong(LOCK_OFFSET, 0, distance) && record.getLongVolatile(LOCK_OFFSET) != distance) {
            throw new IllegalArgumentException(
                    "condition '" + name + "' belongs to another lock than '" + expected.name()
                            + "': give it the lock that its first user gave it, or remove the condition if that lock is gone");
        }
    }

    /**
     * {@inheritDoc} An interrupt is noticed within {@value Sleeper#SLICE_MS} ms.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     * @throws IllegalStateException when {@link #maxWaiters()} threads wait already; the lock is held still
     */
    @Override
    public void await() throws InterruptedException {
        awaitNs(Long.MAX_VALUE);
    }

    /**
     * {@inheritDoc} An interrupt is kept for later.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     * @throws IllegalStateException when {@link #maxWaiters()} threads wait already; the lock is held still
     */
    @Override
    public void awaitUninterruptibly() {
        boolean interrupted = Thread.interrupted();
        final Wait wait = begin();
        while (wait.run(Long.MAX_VALUE) == Wake.INTERRUPTED) {
            interrupted = true;
        }
        wait.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@inheritDoc} The result is positive if and only if the wait was signalled in time. */
    @Override
    public long awaitNanos(final long nanosTimeout) throws InterruptedException {
        final long startNs = System.nanoTime();
        final long spanNs = Sleeper.span(nanosTimeout, TimeUnit.NANOSECONDS);
        final boolean signalled = awaitNs(spanNs);
        final long leftNs = spanNs - (System.nanoTime() - startNs);
        return signalled ? Math.max(leftNs, 1) : Math.min(leftNs, 0);
    }

    /** {@inheritDoc} True also when the signal came while the lock was taken again after the time was up. */
    @Override
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        return awaitNs(Sleeper.span(time, unit));
    }

    /** {@inheritDoc} The time is turned into a span at the start; what happens to the clock later does not matter. */
    @Override
    public boolean awaitUntil(final Date deadline) throws InterruptedException {
        final long nowMs = System.currentTimeMillis();
        return awaitNs(TimeUnit.MILLISECONDS.toNanos(Math.max(deadline.getTime(), nowMs) - nowMs));
    }

    /**
     * Waits until something is true, looking after each signal and each death.
     *
     * @param predicate evaluated under the lock, before the first wait too
     * @throws InterruptedException when the thread is interrupted before it is true
     */
    public void awaitUntil(final BooleanSupplier predicate) throws InterruptedException {
        while (!predicate.getAsBoolean()) {
            awaitNs(Long.MAX_VALUE);
        }
    }

    /**
     * Waits until something is true, looking after each signal and each death.
     *
     * @param predicate evaluated under the lock, before the first wait and after the last one too
     * @param time longest wait in all
     * @param unit of the time
     * @return what the predicate said last; later than asked for when the lock could not be had again in time
     * @throws InterruptedException when the thread is interrupted before it is true
     */
    public boolean awaitUntil(final BooleanSupplier predicate, final long time, final TimeUnit unit)
            throws InterruptedException {
        final long startNs = System.nanoTime();
        final long timeoutNs = unit.toNanos(time);
        boolean fulfilled = predicate.getAsBoolean();
        while (!fulfilled && System.nanoTime() - startNs < timeoutNs) {
            awaitNs(timeoutNs - (System.nanoTime() - startNs));
            fulfilled = predicate.getAsBoolean();
        }
        return fulfilled;
    }

    /**
     * {@inheritDoc} The longest waiting one that lives.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    @Override
    public void signal() {
        signal(1);
    }

    /**
     * Ends the waits of several.
     *
     * @param count of waiters, the longest waiting ones first; more than there are is all of them
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    public void signal(final int count) {
        checkHeld();
        for (int i = 0; i < count && cells.signalOne(); i++) {
            reached("condition.signalled");
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    @Override
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    /** {@return how many threads wait for a signal now, killed ones included until somebody notices} */
    public int waiters() {
        checkOpen();
        return cells.count(WAITING);
    }

    /** {@return the most threads that can wait at once} */
    public int maxWaiters() {
        return cells.length();
    }

    /** {@return how often a wait ended after sleeping} */
    public long waits() {
        checkOpen();
        return statistics.waits();
    }

    /** {@return the longest wait in ns that had to sleep} */
    public long longestWaitNs() {
        checkOpen();
        return statistics.longestWaitNs();
    }

    /** {@return how many signals were passed on because the waiter that had them was killed} */
    public long passedOn() {
        checkOpen();
        return statistics.recoveries();
    }

    /** {@return the name that was given for messages} */
    public String name() {
        return name;
    }

    /** Name, number of waiters, and the lock, at this moment. */
    @Override
    public String toString() {
        if (participants.isClosed()) {
            return "SharedCondition[" + name + ", closed]";
        }
        return "SharedCondition[" + name + ", waiters=" + cells.count(WAITING) + ", " + lock + "]";
    }

    private boolean awaitNs(final long timeoutNs) throws InterruptedException {
        checkHeld();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        final Wait wait = begin();
        final Wake wake = wait.run(timeoutNs);
        wait.end();
        if (wake == Wake.INTERRUPTED) {
            throw new InterruptedException();
        }
        return wake == Wake.SIGNALLED;
    }

    private Wait begin() {
        checkHeld();
        final long token = participants.token(ThreadOrdinal.current(), this);
        final int cell = cells.enqueue(token);
        if (cell == NONE) {
            throw new IllegalStateException(
                    this + " has no room for another waiter: its maximum, set when it was made, is " + maxWaiters());
        }
        return new Wait(token, cell);
    }

    private void checkHeld() {
        checkOpen();
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException("the calling thread does not hold the lock of " + this);
        }
    }

    private void checkOpen() {
        if (participants.isClosed()) {
            throw new IllegalStateException(this + " cannot be used: its shared memory was closed");
        }
    }

    private static void reached(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }

    /** Why a waiter stops sleeping. */
    private enum Wake {
        SIGNALLED,
        TIMED_OUT,
        INTERRUPTED,
        /** Somebody seems to have died; what that means must be looked at under the lock. */
        SUSPICION
    }

    /** One wait of the calling thread, from its cell to the lock taken again. */
    private final class Wait {
        private final long token;
        private final int cell;
        private final long startNs = System.nanoTime();
        private final long recoveries = lock.statistics().recoveries();

        Wait(final long token, final int cell) {
            this.token = token;
            this.cell = cell;
        }

        /** Gives the lock up, sleeps, and takes it again; a suspicion that proves empty does not end it. */
        Wake run(final long timeoutNs) {
            while (true) {
                final int levels = lock.unlockAll(token);
                reached("condition.released");
                final Wake wake = sleep(timeoutNs);
                lock.lockAgain(token, levels);
                reached("condition.relocked");
                if (cells.state(cell) == NOTIFIED || hasLockBeenTakenOver() || cells.takeOver()) {
                    if (wake == Wake.INTERRUPTED) {
                        Thread.currentThread().interrupt();
                    }
                    return Wake.SIGNALLED;
                }
                if (wake != Wake.SUSPICION) {
                    return wake;
                }
            }
        }

        void end() {
            cells.setState(cell, FREE);
            reached("condition.left");
            statistics.waited(System.nanoTime() - startNs);
        }

        private Wake sleep(final long timeoutNs) {
            for (int i = 0; i < Sleeper.SPINS; i++) {
                if (cells.state(cell) != WAITING) {
                    return Wake.SIGNALLED;
                }
                Thread.onSpinWait();
            }
            final Sleeper sleeper = new Sleeper(participants, cells.futexAddress(cell), "condition");
            while (cells.state(cell) == WAITING) {
                final long leftNs = timeoutNs - (System.nanoTime() - startNs);
                final Outcome outcome = sleeper.sleep(WAITING, leftNs, Long.MAX_VALUE, SharedCondition.this);
                if (outcome != null) {
                    return outcome == Outcome.INTERRUPTED ? Wake.INTERRUPTED : Wake.TIMED_OUT;
                }
                if (lock.isHeldByTheDead() || hasLockBeenTakenOver() || cells.orphan() != NONE) {
                    return Wake.SUSPICION;
                }
            }
            return Wake.SIGNALLED;
        }

        private boolean hasLockBeenTakenOver() {
            return lock.statistics().recoveries() != recoveries;
        }
    }

    private Object writeReplace() throws NotSerializableException {
        return Records.handle(this, whole);
    }
}
