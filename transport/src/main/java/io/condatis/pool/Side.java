package io.condatis.pool;

import io.condatis.process.WorkerProcess;
import java.util.List;

/** What a pool's engine leaves to the side that its process is on: the owner of the workers, or a client that was let in. */
interface Side {
    /**
     * Starts, or joins, the pool.
     *
     * @return what it has at the server
     */
    Lines start();

    Board board();

    /** Kills the worker in a slot if it still runs a task. */
    void kill(int slot, long task);

    /** A task of this client has ended. */
    void forget(long task);

    /** Something from a worker or another side that is no answer for a task. */
    void hear(byte kind, int slot, long task, FrameReader message) throws InterruptedException;

    /** The replies have come to their end, unexpectedly or because of it. */
    void deaf(Exception why);

    /** The whole pool takes no new work: everybody is to know. */
    void shutdown();

    /** {@return whether nobody else keeps the pool from ending} */
    boolean isIdle();

    /** The pool is broken: everybody is to know. */
    void breakDown(Throwable why);

    /** The end begins; does not wait. */
    void stop(End end);

    /** An end that was begun already is to come sooner; does not wait. May come again, and before or after {@link #finish}. */
    void hurry(End end);

    /** The end: nothing of this side is left when it returns. */
    void finish(End end);

    /** {@return whether the pool itself ends with this side} */
    boolean isOwner();

    /** {@return the workers that live and are this process's} */
    List<WorkerProcess> workers();

    /** {@return whether every slot has had a worker that took tasks} */
    boolean awaitReady(long timeoutNs) throws InterruptedException;

    /** How it ends. */
    enum End {
        /** This process does not use the pool any more. */
        LEAVE,
        /** All is done. */
        DONE,
        /** At once. */
        KILL
    }
}
