package io.condatis.pool;

import java.io.Serializable;

/**
 * Work for a pool that takes one argument; see {@link Task}.
 *
 * @param <A> the argument
 * @param <R> its result
 */
@FunctionalInterface
public interface Task1<A, R> extends Serializable {
    /**
     * Runs in a worker.
     *
     * @param argument a copy
     * @return the result; a copy of it goes back
     * @throws Exception goes back, with its stack trace
     */
    R call(A argument) throws Exception;
}
