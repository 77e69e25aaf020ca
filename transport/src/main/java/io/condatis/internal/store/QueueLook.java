package io.condatis.internal.store;

/** Is told what goes on in queues. */
@FunctionalInterface
public interface QueueLook {
    /**
     * A queue that has a name.
     *
     * @param objectId of the queue
     * @param name of the queue
     * @param figures of the queue, valid during the call
     */
    void onQueue(int objectId, String name, QueueFigures figures);
}
