package io.condatis.memory;

/**
 * The process that a plain block goes with.
 *
 * @param pid in its own pid namespace
 * @param isAlive false only when its death is proven; the next sweep then removes the block
 */
public record BlockCreator(long pid, boolean isAlive) {}
