package io.condatis.manager;

import io.condatis.error.CondatisException;

/**
 * A call of a custom object failed in the server, and what was thrown there cannot be thrown here: it is of a class that is
 * not allowed in payloads, cannot be serialised, or is a checked exception that the method does not declare. The message
 * names it; the cause is the exception, or a {@link RemoteTrace} with the server's stack trace.
 */
public final class RemoteCallException extends CondatisException {
    private static final long serialVersionUID = 1L;

    RemoteCallException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
