package io.condatis.sync;

/**
 * What a lock does after an owner died inside, because what it protects may be half changed. Chosen when the lock is made
 * and the same for all processes. {@code lock()} never throws while it holds the lock, whatever the policy.
 */
public enum Abandonment {
    /** The next owner gets the lock and is told by {@code isAbandoned()}, as are all later ones until one repairs. */
    REPORT,
    /**
     * The next owner runs its repair handler inside {@code lock()}, which then returns with the lock in order. If the
     * handler throws, {@code lock()} unlocks and throws the same; the next owner tries again. A process that gave no
     * handler is told as under {@link #REPORT}.
     */
    REPAIR,
    /**
     * {@code lock()} and {@code tryLock()} throw {@link AbandonedLockException} without holding, for everybody, until
     * somebody enters by {@code lockForRepair()} and marks the state consistent.
     */
    POISON;

    private static final Abandonment[] BY_CODE = values();

    /** {@return the number that stands for it in memory} */
    int code() {
        return ordinal();
    }

    static Abandonment ofCode(final int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("abandonment policy " + code + " is unknown to this version");
        }
        return BY_CODE[code];
    }
}
