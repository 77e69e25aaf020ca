package io.condatis;

import java.io.Serializable;

/**
 * What is serialised instead of an object of {@link SharedObjects}.
 *
 * @param owner the set it is in, which travels as a handle itself
 * @param name of the object
 * @param incarnation tells it from an earlier or later object of the name
 */
@SuppressWarnings("serial") // SharedObjects writes a handle
record ObjectHandle(SharedObjects owner, String name, long incarnation) implements Serializable {
    private Object readResolve() {
        return owner.object(name, incarnation);
    }

    /** Without the owner's content, and without asking whether it is closed. */
    @Override
    public String toString() {
        return "ObjectHandle['" + name + "' in " + owner.name() + "]";
    }
}
