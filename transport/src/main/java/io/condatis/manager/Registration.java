package io.condatis.manager;

import java.io.Serializable;

/**
 * A class of the user's own that a server holds objects of.
 *
 * @param type name under which it is known
 * @param face interface whose methods may be called
 * @param factory makes the objects
 */
record Registration(String type, Class<?> face, ObjectFactory<?> factory) implements Serializable {}
