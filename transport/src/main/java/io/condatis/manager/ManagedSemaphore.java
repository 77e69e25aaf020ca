package io.condatis.manager;

import io.condatis.sync.Permit;
import java.util.concurrent.TimeUnit;

/**
 * Permits that the threads of all processes connected to a manager take and give back, in the order of asking.
 *
 * <p>A permit belongs to the process that took it, and any thread of that may give it back. A process that gives back one
 * when it has none: in a semaphore from {@link Manager#semaphore} there is one more from then on; in one from {@link
 * Manager#boundedSemaphore} it gives back one of another process, and if nobody has any it gets an exception, so there are
 * never more than at first. Taking one is a round trip; giving back one's own is a message that nobody waits for, so another
 * process may not see it for some microseconds. Thread-safe, for virtual threads too.
 *
 * <p>A process that ends, however, or disconnects, gives back exactly what it has, within about 25 ms; one that is only
 * stopped keeps it. When the server dies every method throws {@link ManagerLostException}; when the semaphore is deleted,
 * {@link IllegalStateException}.
 */
public interface ManagedSemaphore {
    /**
     * Takes a permit, waiting for one if there is none.
     *
     * @throws InterruptedException when the thread is interrupted before or while it waits; it has got nothing
     */
    void acquire() throws InterruptedException;

    /** Takes a permit, waiting for one if there is none; an interrupt is kept for later. */
    void acquireUninterruptibly();

    /** {@return whether it has taken a permit, without waiting} */
    boolean tryAcquire();

    /**
     * Takes a permit, waiting for one so long.
     *
     * @param time longest wait; none when not positive
     * @param unit of the time
     * @return whether it has
     * @throws InterruptedException when the thread is interrupted before or while it waits; it has got nothing
     */
    boolean tryAcquire(long time, TimeUnit unit) throws InterruptedException;

    /**
     * Takes a permit as {@link #acquireUninterruptibly()} does, and releases it at the end of a try block: {@code try (Permit
     * permit = semaphore.permit()) { ... }}.
     *
     * @return this semaphore's one {@link Permit}
     */
    Permit permit();

    /**
     * Gives a permit back.
     *
     * @throws IllegalStateException when the semaphore is bounded and nobody has a permit
     * @throws io.condatis.error.CondatisException when there are 2^31 - 1 permits already
     */
    void release();

    /** {@return the permits that can be had now} */
    int availablePermits();

    /** {@return the name it was asked for with; {@code #} and its number where that is not known or there is none} */
    String name();

    /** Name, available permits, how many are taken, and whether somebody waits, at this moment. */
    @Override
    String toString();
}
