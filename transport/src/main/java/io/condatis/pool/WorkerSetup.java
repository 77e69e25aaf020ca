package io.condatis.pool;

import io.condatis.payload.PayloadTypes;
import io.condatis.process.Worker;

/**
 * A worker of a pool: its program, and what it is told at birth. Neither a lambda nor a record, since to make one of these again
 * costs a starting JVM some ten milliseconds.
 */
final class WorkerSetup implements Worker {
    private static final long serialVersionUID = 1L;

    private final Names names;
    private final Board board;
    private final int slot;
    private final Worker initialiser;
    private final int maxTasks;
    private final PayloadTypes types;

    /**
     * @param names of the manager and of what the pool has there
     * @param board words shared with the pool
     * @param slot the worker's lines on the board
     * @param options of the pool
     */
    WorkerSetup(final Names names, final Board board, final int slot, final PoolOptions options) {
        this.names = names;
        this.board = board;
        this.slot = slot;
        initialiser = options.initialiser();
        maxTasks = options.maxTasksPerChild();
        types = options.types();
    }

    @Override
    public void run() throws InterruptedException {
        PoolWorker.run(this);
    }

    Names names() {
        return names;
    }

    Board board() {
        return board;
    }

    int slot() {
        return slot;
    }

    /** {@return what runs first; may be null} */
    Worker initialiser() {
        return initialiser;
    }

    /** {@return after so many chunks it leaves; 0 never} */
    int maxTasks() {
        return maxTasks;
    }

    /** {@return classes that arguments and results may contain} */
    PayloadTypes types() {
        return types;
    }
}
