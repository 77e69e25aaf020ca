package io.condatis.pool;

import io.condatis.error.CondatisException;

/**
 * Stands for what a task threw when the exception itself could not come back: its class, message and trace as text.
 *
 * @serial exclude
 */
public final class RemoteException extends CondatisException {
    private static final long serialVersionUID = 1L;

    private final String className;
    private final String remoteTrace;

    RemoteException(final String className, final String message, final String remoteTrace) {
        super(message == null ? className : className + ": " + message);
        this.className = className;
        this.remoteTrace = remoteTrace;
        setStackTrace(new StackTraceElement[0]);
    }

    /** {@return name of the class that was thrown} */
    public String className() {
        return className;
    }

    /** {@return the stack trace as the worker would have printed it, with its causes} */
    public String remoteTrace() {
        return remoteTrace;
    }

    @Override
    public String toString() {
        return getClass().getName() + ": in the worker: " + remoteTrace.stripTrailing();
    }
}
