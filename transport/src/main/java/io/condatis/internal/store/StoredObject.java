package io.condatis.internal.store;

import io.condatis.internal.protocol.sbe.Kind;

/** A managed object. What its messages do is its {@link ObjectType}'s matter; this is what every kind has in common. */
interface StoredObject {
    int id();

    Kind kind();

    /** {@return what its Open said beside its name; the kind says what it means} */
    long argument();

    /**
     * A session has opened it, perhaps not for the first time.
     *
     * @return the cell of the session's windows, or {@link Windows#NONE}
     */
    int attach(Session session);

    /** A session that it attached itself to has ended; its waiters are withdrawn already. */
    void detach(Session session);

    /** A waiter's time has passed: answer it. */
    void expire(Waiter waiter);

    /**
     * The client takes a waiting request back.
     *
     * @return true when the caller is to answer it CANCELLED, false when it is answered when the time has come
     */
    default boolean cancel(final Waiter waiter) {
        withdraw(waiter);
        return true;
    }

    /** Forget a waiter; the caller answers it, or its session has ended. */
    void withdraw(Waiter waiter);

    /** Do what was put off until now; called only after {@link Core#markDirty}. */
    void endOfBatch();

    /** Give back bytes that are promised but not in use, as far as possible. */
    void reclaim();

    /**
     * It is being deleted: answer its waiters GONE, give back its bytes, and drop what its values refer to. Nothing is
     * called on it afterwards.
     */
    void delete();

    /** Write its state; {@link ObjectType#load} reads it. */
    void save(SnapshotWriter out);
}
