package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Status;

/** A request that waits. It is in one {@link WaiterList} and known to {@link Waiters}, or answered. */
final class Waiter {
    /** Order in which requests began to wait; also the id of the timer. */
    final long number;

    final Session session;
    final long correlation;
    /** Where it waits; changes when a condition's waiter begins to wait for the lock. */
    StoredObject object;
    /** When to answer TIMEOUT; meaningful if {@link #timed}. */
    final long deadlineNs;

    boolean timed;
    /** What a put wants to put; null for other requests. */
    Item item;
    /** Of who wants a lock, or had it when it began to wait at a condition. */
    long thread;

    long pid;
    /** The condition that it comes back from to its lock; 0 for any other request. */
    int condition;
    /** How its wait at the condition ended; null for any other request. */
    Status outcome;
    /** Whether a party of a barrier has something to run if it is the last. */
    boolean acts;

    WaiterList list;
    Waiter previous;
    Waiter next;

    Waiter(
            final long number,
            final Session session,
            final long correlation,
            final StoredObject object,
            final long deadlineNs) {
        this.number = number;
        this.session = session;
        this.correlation = correlation;
        this.object = object;
        this.deadlineNs = deadlineNs;
    }

    boolean isWaiting() {
        return list != null;
    }
}
