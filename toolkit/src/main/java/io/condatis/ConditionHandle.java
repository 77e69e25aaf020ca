package io.condatis;

import java.io.Serializable;

/**
 * What is serialised instead of a condition, which is found by its name and its lock. Its place is told field by field:
 * an {@link ObjectHandle} would be resolved before this.
 *
 * @param owner name of the set it is in
 * @param generation tells the set from an earlier or later one of the name
 * @param name of the condition
 * @param incarnation tells it from an earlier or later object of the name
 * @param lock a lock of the same set, which becomes a handle itself
 */
record ConditionHandle(String owner, long generation, String name, long incarnation, Serializable lock)
        implements Serializable {
    static ConditionHandle of(final ObjectHandle object, final Serializable lock) {
        return new ConditionHandle(object.owner(), object.generation(), object.name(), object.incarnation(), lock);
    }

    private Object readResolve() {
        final ObjectHandle object = new ObjectHandle(owner, generation, name, incarnation);
        return object.shared().conditionOf(object, lock);
    }
}
