/**
 * The manager's core: a deterministic, single-threaded state machine that holds the managed objects.
 *
 * <p>It reads the messages of {@code condatis.xml} and writes them; it knows no transport, clock, thread, file or
 * random number, so that the same inputs in the same order give the same outputs and the same state, byte for byte.
 * Start with {@link io.condatis.internal.store.Store}, then {@link io.condatis.internal.store.Outbox} and
 * {@link io.condatis.internal.store.Windows}, which the host implements.
 *
 * <p>One thread calls it. It uses {@code io.condatis.error}, {@code io.condatis.internal.protocol} and Agrona.
 */
package io.condatis.internal.store;
