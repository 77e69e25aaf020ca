package io.condatis.memory;

import io.condatis.error.CondatisException;

/** Nothing has that name, or no longer: its owner has not created it yet or has removed it. */
public final class NameMissingException extends CondatisException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception.
     *
     * @param message the name, and what to do
     */
    public NameMissingException(final String message) {
        super(message);
    }
}
