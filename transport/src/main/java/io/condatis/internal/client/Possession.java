package io.condatis.internal.client;

/** Knows what this process has of an object of the server, so that giving it back needs no answer. */
interface Possession {
    /**
     * Something that this process had is not its any more; called by the thread that polls.
     *
     * @param fence of the lock's grant that has ended; 0 for one permit
     */
    void onLost(long fence);
}
