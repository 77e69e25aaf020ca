package io.condatis.pool;

import java.io.Serializable;

/**
 * Work for a pool that takes two arguments; see {@link Task}.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <R> its result
 */
@FunctionalInterface
public interface Task2<A, B, R> extends Serializable {
    /**
     * Runs in a worker.
     *
     * @param first argument, a copy
     * @param second argument, a copy
     * @return the result; a copy of it goes back
     * @throws Exception goes back, with its stack trace
     */
    R call(A first, B second) throws Exception;
}
