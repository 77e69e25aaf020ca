/**
 * Records of several fields in shared memory, laid out as C does.
 *
 * <p>Start with {@link io.condatis.structure.Structure}, which is extended by a class with one Java field per field
 * of C; then {@link io.condatis.structure.StructureArray} for many of them, and
 * {@link io.condatis.structure.Snapshot} for one that is replaced whole and never seen half. A structure is a cursor:
 * one object for one thread, any number of objects for the same memory.
 *
 * <p>Uses {@code error}, {@code internal.os}, {@code sync} and {@code value}.
 */
package io.condatis.structure;
