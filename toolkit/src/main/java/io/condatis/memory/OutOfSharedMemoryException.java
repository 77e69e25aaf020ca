package io.condatis.memory;

import io.condatis.error.CondatisException;

/** There is not enough room, in the shared directory or within a {@code SharedObjects}; nothing has been made. */
public final class OutOfSharedMemoryException extends CondatisException {
    private static final long serialVersionUID = 1L;

    OutOfSharedMemoryException(final String message) {
        super(message);
    }

    OutOfSharedMemoryException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
