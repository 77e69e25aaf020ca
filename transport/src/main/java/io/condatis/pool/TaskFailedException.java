package io.condatis.pool;

import io.condatis.error.CondatisException;

/**
 * A task threw. The cause is what it threw, with the stack trace that it had in the worker; where that class cannot be made
 * here, the cause is a {@link RemoteException} that tells the same in words.
 */
public final class TaskFailedException extends CondatisException {
    private static final long serialVersionUID = 1L;

    TaskFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
