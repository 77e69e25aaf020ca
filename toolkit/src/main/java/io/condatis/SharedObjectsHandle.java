package io.condatis;

import java.io.Serializable;

/** What is serialised instead of {@link SharedObjects}. No record: to read one costs a starting worker some ten milliseconds. */
final class SharedObjectsHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    /** Tells it from an earlier or later set of the name. */
    private final long generation;

    SharedObjectsHandle(final String name, final long generation) {
        this.name = name;
        this.generation = generation;
    }

    private Object readResolve() {
        return Attachments.find(name, generation);
    }
}
