package io.condatis.list;

import io.condatis.error.CondatisException;

/** An item of a list stayed half-written, as a process that is no JVM leaves it when it dies while it writes. */
public final class InconsistentItemException extends CondatisException {
    private static final long serialVersionUID = 1L;

    InconsistentItemException(final String message) {
        super(message);
    }
}
