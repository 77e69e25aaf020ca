package io.condatis.process;

import java.io.Serializable;

/**
 * What a worker process runs, with one argument; see {@link Worker}.
 *
 * @param <A> type of the first argument; its value must be serialisable
 */
@FunctionalInterface
public interface Worker1<A> extends Serializable {
    /**
     * Runs in the worker, on its main thread.
     *
     * @param first first argument, a copy in the worker
     * @throws Exception ends the main thread: stack trace on the standard error, exit code 1
     */
    void run(A first) throws Exception;
}
