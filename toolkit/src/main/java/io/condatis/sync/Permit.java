package io.condatis.sync;

/**
 * A permit of a semaphore as a resource: {@code try (Permit permit = semaphore.permit()) { ... }}. A semaphore has one of
 * these and hands it to everybody, so taking it allocates nothing; do not keep it beyond the block.
 */
public final class Permit implements AutoCloseable {
    private final Runnable release;

    /**
     * The one permit of a semaphore.
     *
     * @param release gives one back
     */
    public Permit(final Runnable release) {
        this.release = release;
    }

    /** Releases. */
    @Override
    public void close() {
        release.run();
    }
}
