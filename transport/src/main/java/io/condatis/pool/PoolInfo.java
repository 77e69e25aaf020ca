package io.condatis.pool;

import io.condatis.internal.os.ProcessIdentity;
import io.condatis.payload.PayloadTypes;
import java.io.Serializable;
import java.time.Duration;

/**
 * What a client has to know of a shared pool.
 *
 * @param ownerPid process that has the workers
 * @param workers how many
 * @param retries unless a job says otherwise
 * @param taskTimeout unless a job says otherwise; null for ever
 * @param killAfter how long an interrupted task may go on; null for ever
 * @param types classes that arguments and results may contain
 * @param board name of the words shared with the workers
 */
record PoolInfo(
        long ownerPid,
        int workers,
        int retries,
        Duration taskTimeout,
        Duration killAfter,
        PayloadTypes types,
        String board)
        implements Serializable {
    static PoolInfo of(final PoolOptions options, final Board board) {
        return new PoolInfo(
                ProcessIdentity.pid(),
                options.workers(),
                options.retries(),
                options.taskTimeout(),
                options.killAfter(),
                options.types(),
                board.name());
    }

    /** {@return how a client's calls are made} */
    PoolOptions options(final String name) {
        final PoolOptions options =
                new PoolOptions().name(name).workers(workers).retries(retries).types(types);
        if (taskTimeout != null) {
            options.taskTimeout(taskTimeout);
        }
        return killAfter == null ? options.neverKill() : options.killAfter(killAfter);
    }
}
