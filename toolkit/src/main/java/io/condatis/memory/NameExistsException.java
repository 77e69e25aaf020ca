package io.condatis.memory;

import io.condatis.error.CondatisException;

/** The name is taken: attach to what is there, or choose another name. */
public final class NameExistsException extends CondatisException {
    private static final long serialVersionUID = 1L;

    NameExistsException(final String message) {
        super(message);
    }
}
