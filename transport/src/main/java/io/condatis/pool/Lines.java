package io.condatis.pool;

import io.condatis.manager.ByteQueue;
import io.condatis.manager.JoinableQueue;
import io.condatis.manager.Manager;
import java.util.Map;

/**
 * What a pool has at the server, as one client sees it.
 *
 * @param tasks chunks on their way to the workers
 * @param functions of works with many chunks, by work
 * @param cancelled what no worker begins any more
 * @param replies what this client is told
 */
record Lines(
        ByteQueue tasks, Map<Long, byte[]> functions, Map<Long, Boolean> cancelled, JoinableQueue<byte[]> replies) {
    static Lines of(final Manager manager, final Names names, final int client) {
        return new Lines(
                manager.joinableQueue(names.tasks(), 0).bytes(),
                manager.dict(names.functions()),
                manager.dict(names.cancelled()),
                manager.joinableQueue(names.replies(client), 0));
    }

    /** Nothing of the pool is left at the server. */
    static void delete(final Manager manager, final Names names, final int clients) {
        manager.delete(names.tasks());
        manager.delete(names.functions());
        manager.delete(names.cancelled());
        for (int client = 0; client <= clients; client++) {
            manager.delete(names.replies(client));
            manager.delete(names.clientLock(client));
        }
    }
}
