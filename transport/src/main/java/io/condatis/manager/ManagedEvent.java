package io.condatis.manager;

import java.util.concurrent.TimeUnit;

/**
 * A flag that the threads of all processes connected to a manager set, clear and wait for.
 *
 * <p>A wait ends when the event is set, and also when it was cleared again at once: no set is missed. Nobody owns an event, so
 * a death leaves nothing to recover. Each method is one round trip. Thread-safe, for virtual threads too.
 *
 * <p>When the server dies every method throws {@link ManagerLostException}; when the event is deleted, {@link
 * IllegalStateException}.
 */
public interface ManagedEvent {
    /** {@return whether the event is set} */
    boolean isSet();

    /** Sets the event and ends the waits of all who wait. */
    void set();

    /** Makes later waits wait. */
    void clear();

    /**
     * Waits until the event is set.
     *
     * @throws InterruptedException when the thread is interrupted before or while it waits
     */
    void await() throws InterruptedException;

    /**
     * Waits until the event is set, or the time is up.
     *
     * @param time longest wait; none when not positive
     * @param unit of the time
     * @return whether it is or was set
     * @throws InterruptedException when the thread is interrupted before or while it waits
     */
    boolean await(long time, TimeUnit unit) throws InterruptedException;

    /** {@return the name it was asked for with; {@code #} and its number where that is not known or there is none} */
    String name();

    /** Name, whether it is set, and whether somebody waits, at this moment. */
    @Override
    String toString();
}
