package io.condatis;

import java.io.Serializable;

/**
 * What is serialised instead of {@link SharedObjects}.
 *
 * @param name of the set
 * @param generation tells it from an earlier or later set of the name
 */
record SharedObjectsHandle(String name, long generation) implements Serializable {
    private Object readResolve() {
        return Attachments.find(name, generation);
    }
}
