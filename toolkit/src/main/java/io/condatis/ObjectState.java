package io.condatis;

import io.condatis.sync.PrimitiveState;

/**
 * What a survey says of an object in a set of shared objects, at one moment.
 *
 * @param name of the object
 * @param type in words
 * @param value of a value, the first elements of an array, or the bytes of a structure; null for what synchronises
 * @param version how often a snapshot was published, otherwise 0
 * @param lock what it is, for what synchronises, or the lock that goes with it; null when it has none
 * @param fault what is wrong, or null
 */
public record ObjectState(String name, String type, String value, long version, PrimitiveState lock, String fault) {}
