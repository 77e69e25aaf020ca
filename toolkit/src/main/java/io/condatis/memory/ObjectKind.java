package io.condatis.memory;

import java.util.Locale;

/** What kind of object a name in an arena stands for. The codes are part of the file's layout and never change. */
public enum ObjectKind {
    /** One element. */
    VALUE(1),
    /** A fixed number of elements. */
    ARRAY(2),
    /** A {@code SharedLock}. */
    LOCK(3),
    /** A {@code SharedReentrantLock}. */
    REENTRANT_LOCK(10),
    /** A {@code SharedSemaphore}; counted by the most permits it can have. */
    SEMAPHORE(11),
    /** A {@code SharedBoundedSemaphore}; counted by its permits. */
    BOUNDED_SEMAPHORE(12),
    /** A {@code SharedEvent}. */
    EVENT(13),
    /** A {@code SharedCondition}; counted by the waiters it has room for. */
    CONDITION(14),
    /** A {@code SharedBarrier}; counted by its parties. */
    BARRIER(15),
    /** A {@code SharedReadWriteLock}; counted by the readers it has room for. */
    READ_WRITE_LOCK(16),
    /** A {@code Structure}. */
    STRUCTURE(20),
    /** A {@code StructureArray}. */
    STRUCTURE_ARRAY(21),
    /** A {@code Snapshot} of a structure. */
    SNAPSHOT(22);

    private final int code;

    ObjectKind(final int code) {
        this.code = code;
    }

    /** {@return the number that stands for it in the file} */
    public int code() {
        return code;
    }

    static String nameOf(final int code) {
        for (final ObjectKind kind : values()) {
            if (kind.code == code) {
                return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            }
        }
        return "object of kind " + code + " (unknown to this version)";
    }
}
