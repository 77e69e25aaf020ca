package io.condatis.manager;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * Threads of any processes connected to a manager that wait for each other, again and again.
 *
 * <p>A barrier is passed by all or by none: if one of those that wait gives up, by its time, an interrupt or its death, or the
 * action fails, all are turned away with a {@link BrokenBarrierException} that says why, and so is who comes later, until
 * {@link #reset()}. Who comes while the action runs waits for the next time. Thread-safe, for virtual threads too.
 *
 * <p>A party that is only stopped is waited for. When the server dies every method throws {@link ManagerLostException}; when the
 * barrier is deleted, {@link IllegalStateException}.
 */
public interface ManagedBarrier {
    /**
     * The same barrier with something to do each time when all have come. Give it to every party: the one that comes last
     * runs its own, in its own process and thread, before anybody goes on. If it throws, that party gets what was thrown and
     * the barrier breaks; if its process dies meanwhile, the barrier breaks.
     *
     * @param everyTime to run; may use the barrier, but not wait at it
     * @return another object for this barrier
     */
    ManagedBarrier withAction(Runnable everyTime);

    /**
     * The same barrier with a longest wait for {@link #await()}.
     *
     * @param time longest wait; at its end the barrier breaks
     * @param unit of the time
     * @return another object for this barrier
     */
    ManagedBarrier withTimeout(long time, TimeUnit unit);

    /**
     * Waits until all parties have come, as long as {@link #withTimeout} says.
     *
     * @return the order of arrival, 0 for the first, one less than {@link #parties()} for the last
     * @throws InterruptedException when the thread is interrupted; breaks the barrier
     * @throws BrokenBarrierException when the barrier is broken, or breaks, or is reset, or its time is up
     */
    int await() throws InterruptedException, BrokenBarrierException;

    /**
     * Waits until all parties have come.
     *
     * @param time longest wait; at its end the barrier breaks, at once when not positive and others are missing
     * @param unit of the time
     * @return the order of arrival, 0 for the first, one less than {@link #parties()} for the last
     * @throws InterruptedException when the thread is interrupted; breaks the barrier
     * @throws BrokenBarrierException when the barrier is broken, or breaks, or is reset, or the time is up
     */
    int await(long time, TimeUnit unit) throws InterruptedException, BrokenBarrierException;

    /** Breaks the barrier: whoever waits or comes gets an exception, until {@link #reset()}. */
    void abort();

    /** Makes the barrier whole and empty; whoever waits gets an exception. */
    void reset();

    /** {@return whether it is broken} */
    boolean isBroken();

    /** {@return how many wait now for others to come; 0 while the action runs} */
    int waiting();

    /** {@return how many wait for each other} */
    int parties();

    /** {@return the name it was asked for with; {@code #} and its number where that is not known or there is none} */
    String name();

    /** Name, how many of how many wait, and why it is broken, at this moment. */
    @Override
    String toString();
}
