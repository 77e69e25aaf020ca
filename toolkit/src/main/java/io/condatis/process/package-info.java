/**
 * Worker processes: child JVMs that run a lambda, know their parent and die with it.
 *
 * <p>Start with {@link io.condatis.process.WorkerProcess}; {@link io.condatis.process.WorkerOptions} changes the child's
 * JVM, environment and output. A worker gets its target and arguments through a private pipe, never on the command line.
 * That pipe stays open for life: when it breaks the parent is dead, and the worker ends. Shared objects are handed over as
 * handles, everything else as a copy.
 *
 * <p>May use {@code error} and {@code internal.os}.
 */
package io.condatis.process;
