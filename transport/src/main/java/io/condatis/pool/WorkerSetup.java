package io.condatis.pool;

import io.condatis.payload.PayloadTypes;
import io.condatis.process.Worker;
import java.io.Serializable;

/**
 * What a worker of a pool is told at birth.
 *
 * @param names of the manager and of what the pool has there
 * @param board words shared with the pool
 * @param slot the worker's lines on the board
 * @param initialiser runs first; may be null
 * @param maxTasks after so many chunks it leaves; 0 never
 * @param types classes that arguments and results may contain
 */
record WorkerSetup(Names names, Board board, int slot, Worker initialiser, int maxTasks, PayloadTypes types)
        implements Serializable {

    /**
     * Where things are.
     *
     * @param manager name of it
     * @param pool name of it
     */
    record Names(String manager, String pool) implements Serializable {
        String tasks() {
            return "pool/" + pool + "/tasks";
        }

        String replies() {
            return "pool/" + pool + "/replies";
        }

        /** Work id to function. */
        String functions() {
            return "pool/" + pool + "/functions";
        }

        /** Ids of tasks and of whole works that are not to be run. */
        String cancelled() {
            return "pool/" + pool + "/cancelled";
        }
    }
}
