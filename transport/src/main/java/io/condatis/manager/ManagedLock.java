package io.condatis.manager;

import io.condatis.sync.Abandonment;
import io.condatis.sync.Held;
import io.condatis.sync.Hold;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Mutual exclusion between the threads of all processes that are connected to a manager, in the order of asking.
 *
 * <p>From {@link Manager#lock}, which nobody may take twice and anybody may unlock, as CPython's {@code Lock}; or from {@link
 * Manager#reentrantLock}, which its owner may take again and nobody else may unlock, as {@code RLock}. Taking it is one
 * round trip; giving it back is one message that nobody waits for, so another process may see it locked for some
 * microseconds after {@link #unlock()} has returned. Thread-safe, for virtual threads too.
 *
 * <p><b>Deaths.</b> A process that ends, however, or disconnects, loses the lock to the next that wants it, within about 25
 * ms, and {@link #isAbandoned()} is true from then on until an owner calls {@link #markConsistent()}: what the lock protects
 * may be half changed. That is under {@link Abandonment#REPORT}, which a lock has unless it was made with another policy; under
 * that, the methods that lock do as it says, those of a condition leave it to the next one that locks. A process that is only stopped keeps it, however long. A thread that ends in a living process keeps
 * it too. When the server dies every method throws {@link ManagerLostException}, and nobody has the lock any more.
 *
 * <p><b>Fences.</b> Each grant has a number greater than all before it, {@link #fence()}. Give it to what the lock protects,
 * such as a file or a database, and let that refuse smaller numbers than it has seen: then not even an owner that was
 * stopped while somebody else unlocked or deleted its lock can do harm. Its own {@code unlock()} throws in that case, and
 * changes nothing.
 */
public interface ManagedLock extends Lock, Held {
    /**
     * {@inheritDoc} An interrupt is kept for later.
     *
     * @throws io.condatis.sync.AbandonedLockException when an owner died inside and the policy is {@link Abandonment#POISON}
     * @throws IllegalMonitorStateException when the lock is not reentrant and the calling thread holds it
     * @throws IllegalStateException when the lock was deleted, also while waiting
     */
    @Override
    void lock();

    /**
     * {@inheritDoc} If the grant crosses the interrupt, the lock is held and the thread's interrupt status is set.
     *
     * @throws IllegalMonitorStateException when the lock is not reentrant and the calling thread holds it
     * @throws IllegalStateException when the lock was deleted, also while waiting
     */
    @Override
    void lockInterruptibly() throws InterruptedException;

    /** {@inheritDoc} One round trip. False when the lock is not reentrant and the calling thread holds it. */
    @Override
    boolean tryLock();

    /**
     * {@inheritDoc} If the grant crosses the interrupt, the lock is held and the thread's interrupt status is set.
     *
     * @throws IllegalMonitorStateException when there is time to wait, the lock is not reentrant and the calling thread holds it
     * @throws IllegalStateException when the lock was deleted, also while waiting
     */
    @Override
    boolean tryLock(long time, TimeUnit unit) throws InterruptedException;

    /**
     * {@inheritDoc} Does not wait for the server, unless this process does not hold the lock: then, if it is not reentrant, it
     * is unlocked for whoever holds it.
     *
     * @throws IllegalMonitorStateException when nobody holds the lock; when it is reentrant and the calling thread does not;
     *     when the calling thread did, and somebody else has unlocked or deleted it: its grant has ended
     */
    @Override
    void unlock();

    /** {@return a new condition of this lock, without a name; it can be given to others in a payload} */
    @Override
    Condition newCondition();

    /**
     * Locks, and unlocks at the end of a try block: {@code try (Hold held = lock.hold()) { ... }}.
     *
     * @return this lock's one {@link Hold}
     */
    Hold hold();

    /**
     * Locks whatever the policy and runs no repair handler, for whoever restores what the lock protects:
     * {@code try (Hold held = lock.lockForRepair()) { ...; lock.markConsistent(); }}.
     *
     * @return this lock's one {@link Hold}
     * @throws IllegalMonitorStateException when the lock is not reentrant and the calling thread holds it
     */
    Hold lockForRepair();

    /** {@return what happens when an owner dies} */
    Abandonment abandonment();

    /**
     * {@inheritDoc} For the owner that is what it was told with its grant; for others, a round trip.
     */
    @Override
    boolean isAbandoned();

    /**
     * Declares that what the lock protects is in order again; {@link #isAbandoned()} becomes false.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    void markConsistent();

    /** {@return whether anybody holds the lock} */
    boolean isLocked();

    /** {@return whether the calling thread holds the lock, through this connection; asks nobody} */
    boolean isHeldByCurrentThread();

    /** {@return how often the calling thread has locked and not unlocked, 0 when it does not hold the lock; asks nobody} */
    int holdCount();

    /**
     * The number of the calling thread's grant; asks nobody.
     *
     * @return greater than the fence of every grant before it, of any lock of this manager
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock, or not any more
     */
    long fence();

    /** {@return the name it was asked for with; {@code #} and its number where that is not known or there is none} */
    String name();

    /** Name, owner, how often it has locked if it is of this process, who waits, and whether it is abandoned, at this moment. */
    @Override
    String toString();
}
