package io.condatis.internal.protocol;

/**
 * What a condition is made with: its lock, as one number. Whoever comes by a reference to the condition needs the lock too,
 * and has to name its kind.
 *
 * <pre>
 *   63                                32 31                                 0
 *  +------------------------------------+------------------------------------+
 *  | 1 for a reentrant lock, else 0     | id of the lock                     |
 *  +------------------------------------+------------------------------------+
 * </pre>
 */
public final class ConditionArgument {
    private static final long REENTRANT = 1L << Integer.SIZE;

    private ConditionArgument() {}

    /**
     * {@return the argument of a condition}
     *
     * @param lockId id of its lock
     * @param reentrant whether that is a reentrant one
     */
    public static long of(final int lockId, final boolean reentrant) {
        return lockId | (reentrant ? REENTRANT : 0);
    }

    /**
     * {@return the id of the lock}
     *
     * @param argument of a condition
     */
    public static int lockId(final long argument) {
        return (int) argument;
    }

    /**
     * {@return whether the lock is a reentrant one}
     *
     * @param argument of a condition
     */
    public static boolean isReentrant(final long argument) {
        return (argument & REENTRANT) != 0;
    }
}
