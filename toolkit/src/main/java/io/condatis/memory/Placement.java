package io.condatis.memory;

import io.condatis.internal.os.Access;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Where an object of an arena lies.
 *
 * @param incarnation tells it from an earlier or later object of the same name
 * @param type what the object is
 * @param access ends the use of {@link #buffer()} and of all views made from it
 * @param buffer exactly the object's memory
 */
public record Placement(long incarnation, ObjectType type, Access access, AtomicBuffer buffer) {}
