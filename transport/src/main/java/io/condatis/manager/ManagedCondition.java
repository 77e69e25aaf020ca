package io.condatis.manager;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * Waiting, under a {@link ManagedLock}, for something that another thread or process will change and announce.
 *
 * <p>Its lock is held for every method that waits or signals. A wait gives the lock up however often it is held, all in one
 * step with beginning to wait, and takes it again before it returns or throws. Waiters are served in their order. A wait counts
 * as signalled if the signal came before its time was up and before it was interrupted; the other two do not count any more
 * while the lock is being taken again. Thread-safe, for virtual threads too.
 *
 * <p><b>As with every {@link Condition} a wait may end without a signal</b>, here when the owner of the lock has died: it may
 * have owed a signal, so all waits end as if signalled. Wait in a loop, or by {@link #awaitUntil(BooleanSupplier)}, which is
 * one. A waiter that dies is dropped; if it had its signal already, another waiter gets that. While nobody dies, each
 * signal ends exactly one wait.
 *
 * <p>When the server dies every method throws {@link ManagerLostException}; when the condition or its lock is deleted, {@link
 * IllegalStateException}. In both cases the lock is not held any more.
 */
public interface ManagedCondition extends Condition {
    /**
     * Waits until something is true, looking after each signal.
     *
     * @param predicate evaluated in this process under the lock, before the first wait too
     * @throws InterruptedException when the thread is interrupted before it is true
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    void awaitUntil(BooleanSupplier predicate) throws InterruptedException;

    /**
     * Waits until something is true, looking after each signal.
     *
     * @param predicate evaluated in this process under the lock, before the first wait and after the last one too
     * @param time longest wait in all
     * @param unit of the time
     * @return what the predicate said last
     * @throws InterruptedException when the thread is interrupted before it is true
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    boolean awaitUntil(BooleanSupplier predicate, long time, TimeUnit unit) throws InterruptedException;

    /**
     * Ends the waits of several, the longest first.
     *
     * @param count of waiters; more than there are is all of them
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock
     */
    void signal(int count);

    /** {@return how many threads wait for a signal now} */
    int waiters();

    /** {@return the name it was asked for with; {@code #} and its number where that is not known or there is none} */
    String name();

    /** Name and number of waiters, at this moment. */
    @Override
    String toString();
}
