package io.condatis.pool;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * Work for a pool: a lambda, a method reference or an object that travels to a worker with all that it captures.
 *
 * @param <R> its result
 */
@FunctionalInterface
public interface Task<R> extends Callable<R>, Serializable {}
