package io.condatis.internal.store;

/**
 * What a store holds and what it has counted since it was made; no part of its state. Read by the thread that calls the
 * store.
 */
public final class Statistics {
    private final Core core;
    long sessionsOpened;
    long requests;
    long items;
    long itemsPut;
    long itemsDone;
    long itemsDead;
    private long itemsReturned;

    Statistics(final Core core) {
        this.core = core;
    }

    /** An item comes back from a consumer that has not done it, and will be delivered once more. */
    void returned(final Item item) {
        item.attempt++;
        itemsReturned++;
    }

    /** {@return sessions that are open} */
    public int sessions() {
        return core.sessions.size();
    }

    /** {@return sessions opened} */
    public long sessionsOpened() {
        return sessionsOpened;
    }

    /** {@return objects that live} */
    public int objects() {
        return core.objects.size();
    }

    /** {@return messages taken in} */
    public long requests() {
        return requests;
    }

    /** {@return requests that wait} */
    public int requestsWaiting() {
        return core.waiters.size();
    }

    /** {@return bytes of all objects} */
    public long storedBytes() {
        return core.budget.used();
    }

    /** {@return most bytes of all objects} */
    public long maxBytes() {
        return core.budget.limit();
    }

    /** {@return items that are there, with those whose put waits} */
    public long items() {
        return items;
    }

    /** {@return items put, and dead letters moved} */
    public long itemsPut() {
        return itemsPut;
    }

    /** {@return items taken, or done where they are leased, or removed} */
    public long itemsDone() {
        return itemsDone;
    }

    /** {@return times that an item came back after it was taken} */
    public long itemsReturned() {
        return itemsReturned;
    }

    /** {@return items that went to a queue of dead letters} */
    public long itemsDead() {
        return itemsDead;
    }
}
