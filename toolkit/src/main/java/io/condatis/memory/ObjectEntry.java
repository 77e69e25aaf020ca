package io.condatis.memory;

/**
 * An object in an arena's directory at the moment it was read.
 *
 * @param name of the object
 * @param type what it is
 * @param lengthBytes of the arena that it takes, padding included
 */
public record ObjectEntry(String name, ObjectType type, long lengthBytes) {}
