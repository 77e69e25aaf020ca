package io.condatis.internal.store;

import io.condatis.error.CondatisException;

/**
 * A session sent what no correct client sends. Nothing was changed; the host expels the session, which ends with
 * {@link Store#onClose}.
 */
public final class ProtocolException extends CondatisException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what was wrong, with the offending values
     */
    public ProtocolException(final String message) {
        super(message);
    }
}
