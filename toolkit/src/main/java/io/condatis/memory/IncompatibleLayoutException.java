package io.condatis.memory;

import io.condatis.error.CondatisException;

/**
 * What has that name is something else than was asked for: another kind, type, length, layout version or no such file.
 */
public final class IncompatibleLayoutException extends CondatisException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what was asked for and what is there
     */
    public IncompatibleLayoutException(final String message) {
        super(message);
    }
}
