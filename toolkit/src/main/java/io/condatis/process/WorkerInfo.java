package io.condatis.process;

/**
 * What a worker knows about itself.
 *
 * @param name given by the parent
 * @param pid process id of the worker
 * @param parentPid process id of the JVM that started it
 * @param isDaemon whether it dies with its parent; its own workers do too unless their options say otherwise
 */
public record WorkerInfo(String name, long pid, long parentPid, boolean isDaemon) {}
