package io.condatis;

import java.io.Serializable;

/**
 * What is serialised instead of an object of {@link SharedObjects}.
 *
 * @param owner name of the set it is in
 * @param generation tells the set from an earlier or later one of the name
 * @param name of the object
 * @param incarnation tells it from an earlier or later object of the name
 */
record ObjectHandle(String owner, long generation, String name, long incarnation) implements Serializable {
    private Object readResolve() {
        return Attachments.find(owner, generation).object(name, incarnation);
    }
}
