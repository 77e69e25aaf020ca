package io.condatis.internal.store;

/**
 * A session that runs the custom objects of one type.
 *
 * @param type name of the type
 * @param digest of its interface, as the session has it
 * @param index place of the type in what the session said it provides
 * @param session that runs them, open as long as this is known to {@link Providers}
 */
record Provider(String type, long digest, int index, Session session) {}
