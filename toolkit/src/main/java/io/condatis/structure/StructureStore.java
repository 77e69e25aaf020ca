package io.condatis.structure;

import java.util.function.Supplier;

/** Where named structures are made and found: {@code SharedObjects}. */
public interface StructureStore {
    /**
     * Finds or makes a structure, filled with zeros, and the reentrant lock that goes with it.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param factory of its class, such as {@code Point::new}
     * @param <T> the class
     * @return a structure on that memory, a new one at each call: one for each thread
     */
    <T extends Structure> T structure(String name, Supplier<T> factory);

    /**
     * Finds or makes a structure, filled with zeros, without a lock.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param factory of its class
     * @param <T> the class
     * @return a structure on that memory, a new one at each call; with a lock when whoever made it gave it one
     */
    <T extends Structure> T rawStructure(String name, Supplier<T> factory);

    /**
     * Finds or makes an array of structures, filled with zeros, and the reentrant lock that goes with it.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param factory of their class, such as {@code Point::new}
     * @param length number of structures, from 0
     * @param <T> the class
     * @return an array on that memory, a new one at each call: one for each thread
     */
    <T extends Structure> StructureArray<T> structureArray(String name, Supplier<T> factory, int length);

    /**
     * Finds or makes an array of structures, filled with zeros, without a lock.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param factory of their class
     * @param length number of structures, from 0
     * @param <T> the class
     * @return an array on that memory, a new one at each call; with a lock when whoever made it gave it one
     */
    <T extends Structure> StructureArray<T> rawStructureArray(String name, Supplier<T> factory, int length);

    /**
     * Finds or makes a snapshot of a structure, of zeros, and the lock that its writers take.
     *
     * @param name 1 to 80 bytes in UTF-8
     * @param factory of the structure's class, such as {@code Quote::new}
     * @param <T> the class
     * @return a snapshot on that memory, a new one at each call: one for each thread
     */
    <T extends Structure> Snapshot<T> snapshot(String name, Supplier<T> factory);
}
