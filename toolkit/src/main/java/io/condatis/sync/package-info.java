/**
 * Synchronisation in shared memory that survives the death of whoever uses them.
 *
 * <p>Start with {@link io.condatis.sync.SharedLock}, a {@link java.util.concurrent.locks.Lock} between processes, and
 * {@link io.condatis.sync.Hold} for try-with-resources; {@link io.condatis.sync.Abandonment} is what a lock does after
 * an owner's death. {@link io.condatis.sync.SharedReentrantLock}, {@link io.condatis.sync.SharedSemaphore}, {@link
 * io.condatis.sync.SharedBoundedSemaphore} and {@link io.condatis.sync.SharedEvent} follow the same rules. {@link
 * io.condatis.sync.Participants} is the table that tells which processes take part and whether they live. {@link
 * io.condatis.sync.SharedCondition}, {@link io.condatis.sync.SharedBarrier} and {@link
 * io.condatis.sync.SharedReadWriteLock} build on the lock; {@link io.condatis.sync.Doorbell} wakes an agent that has
 * nothing to do.
 *
 * <p>Objects of this package are given a buffer and an offset; they neither know nor free the memory. All are safe for
 * any number of threads and processes, virtual threads included. May import {@code io.condatis.error} and
 * {@code io.condatis.internal.os}.
 */
package io.condatis.sync;
