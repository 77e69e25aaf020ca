package io.condatis.internal.store;

/** An object that only answers: no session is attached to it, nothing waits for it, and it puts nothing off. */
interface PassiveObject extends StoredObject {
    @Override
    default int attach(final Session session) {
        return Windows.NONE;
    }

    @Override
    default void detach(final Session session) {
        throw neverHappens();
    }

    @Override
    default void expire(final Waiter waiter) {
        throw neverHappens();
    }

    @Override
    default void withdraw(final Waiter waiter) {
        throw neverHappens();
    }

    @Override
    default void endOfBatch() {
        throw neverHappens();
    }

    @Override
    default void reclaim() {}

    private IllegalStateException neverHappens() {
        return new IllegalStateException("a " + kind() + " attaches no session, lets nothing wait and is never dirty");
    }
}
