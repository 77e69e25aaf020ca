package io.condatis.pool;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers of works and tasks. Each process that uses a pool is a client with a number of its own, so none is given twice. */
final class TaskIds {
    /** The client that started the pool. */
    static final int OWNER = 0;

    private static final int CLIENT_SHIFT = 40;
    private static final long NUMBER_MASK = (1L << CLIENT_SHIFT) - 1;

    private final int client;
    private final AtomicLong last = new AtomicLong();

    TaskIds(final int client) {
        this.client = client;
    }

    long next() {
        return allOf(client) | last.incrementAndGet();
    }

    /** {@return who has to be told how it ended} */
    static int clientOf(final long id) {
        return (int) (id >>> CLIENT_SHIFT);
    }

    /** {@return the number among those of its client, from 1} */
    static long numberOf(final long id) {
        return id & NUMBER_MASK;
    }

    /** {@return what stands for everything of a client} */
    static long allOf(final int client) {
        return (long) client << CLIENT_SHIFT;
    }
}
