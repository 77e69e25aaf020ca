package io.condatis.internal.store;

/** A request that waits. It is in one {@link WaiterList} and known to {@link Waiters}, or answered. */
final class Waiter {
    /** Order in which requests began to wait; also the id of the timer. */
    final long number;

    final Session session;
    final long correlation;
    final StoredObject object;
    /** When to answer TIMEOUT; meaningful if {@link #timed}. */
    final long deadlineNs;

    boolean timed;
    /** What a put wants to put; null for other requests. */
    Item item;

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
