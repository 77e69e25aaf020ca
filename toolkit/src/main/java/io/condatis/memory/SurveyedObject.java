package io.condatis.memory;

/**
 * An object in the directory of an arena that is looked at from outside.
 *
 * @param name of the object
 * @param type what it is
 * @param incarnation which object of the arena it is; a later one of the name has another
 * @param offset of its record in the file
 * @param length of its record in bytes
 * @param entry where its entry lies in the file
 */
public record SurveyedObject(String name, ObjectType type, long incarnation, long offset, long length, long entry) {}
