package io.condatis.pool;

/**
 * Hears how far a call of a pool has come. Called by one thread at a time, the pool's callback thread, after each chunk.
 */
@FunctionalInterface
public interface ProgressListener {
    /** The total of an input whose end is not known yet. */
    long UNKNOWN = -1;

    /**
     * Some items are done.
     *
     * @param done items with a result or a failure so far
     * @param total items of the whole call, or {@link #UNKNOWN}
     */
    void onProgress(long done, long total);
}
