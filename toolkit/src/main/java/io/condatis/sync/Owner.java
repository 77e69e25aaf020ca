package io.condatis.sync;

/**
 * A thread that has something, as a survey from outside sees it.
 *
 * @param slot of its process in the table of participants
 * @param generation which user of the slot it is
 * @param thread number of the thread in its process: Condatis numbers threads from 1 in the order in which they first lock
 * @param pid of the process in its own pid namespace, 0 when the slot has a new user
 * @param alive whether the process can still run, decided by the kernel
 */
public record Owner(int slot, int generation, int thread, long pid, boolean alive) {
    /** As a line shows it: {@code pid 4711 thread 2, dead}. */
    @Override
    public String toString() {
        return (pid == 0 ? "an earlier user of slot " + slot : "pid " + pid) + " thread " + thread
                + (alive ? "" : ", dead");
    }
}
