package io.condatis.sync;

/**
 * Possession of a lock as a resource: {@code try (Hold held = lock.hold()) { ... }}. A lock has one of these and hands it
 * to each of its owners, so taking it allocates nothing; do not keep it beyond the block.
 */
public final class Hold implements AutoCloseable {
    private final Held lock;

    /**
     * The one hold of a lock.
     *
     * @param lock that it stands for
     */
    public Hold(final Held lock) {
        this.lock = lock;
    }

    /**
     * {@return whether an owner died inside and nobody has declared the protected state consistent since} If so, repair or
     * verify that state and call the lock's {@code markConsistent()}.
     */
    public boolean abandoned() {
        return lock.isAbandoned();
    }

    /**
     * Unlocks.
     *
     * @throws IllegalMonitorStateException when the calling thread does not hold the lock (any more)
     */
    @Override
    public void close() {
        lock.unlock();
    }

    @Override
    public String toString() {
        return "Hold[" + lock + "]";
    }
}
