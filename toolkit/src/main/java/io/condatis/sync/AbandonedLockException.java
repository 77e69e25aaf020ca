package io.condatis.sync;

import io.condatis.error.CondatisException;

/**
 * An owner of a lock under {@link Abandonment#POISON} died inside and nobody has repaired since. The thread that gets this
 * does not hold the lock.
 */
public class AbandonedLockException extends CondatisException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message which lock, and the remedy
     */
    public AbandonedLockException(final String message) {
        super(message);
    }
}
