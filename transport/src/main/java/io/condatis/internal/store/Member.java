package io.condatis.internal.store;

/** A session that has opened a queue: its two ends of it. */
final class Member {
    final StoredQueue queue;
    final Session session;
    /** Cell of its windows, or {@link Windows#NONE}. */
    final int window;

    final Producer producer;
    final Consumer consumer;

    Member(final Core core, final StoredQueue queue, final Session session, final int window) {
        this.queue = queue;
        this.session = session;
        this.window = window;
        producer = new Producer(core, queue, window);
        consumer = new Consumer(core, queue, session.id, window);
    }
}
