package io.condatis.sync;

/**
 * What the table of participants says about one process, at one moment.
 *
 * @param slot its place in the table
 * @param generation which user of the slot it is; together with the slot its name
 * @param pid in its own pid namespace
 * @param startTicks clock ticks between boot and its start, 0 when unknown
 * @param pidNamespace inode of its pid namespace, 0 when unknown
 * @param alive whether it can still run, decided by the kernel
 * @param canWake whether it wakes sleepers; false for a process that polls
 */
public record Participant(
        int slot, int generation, long pid, long startTicks, long pidNamespace, boolean alive, boolean canWake) {}
