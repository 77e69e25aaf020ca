/**
 * Pools of worker JVMs.
 *
 * <p>Start with {@link io.condatis.pool.Pool}: an {@link java.util.concurrent.ExecutorService} whose tasks run in other
 * processes, with Python's vocabulary of {@code apply}, {@code map}, {@code imap} and {@code starmap} beside Java's.
 * Tasks are serialisable lambdas; arguments, results and exceptions are copied. Nothing waits for ever: a worker that dies
 * fails the task that it ran, by name, or has it begun again, as {@link io.condatis.pool.PoolOptions} say.
 */
package io.condatis.pool;
