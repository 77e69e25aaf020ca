package io.condatis.payload;

import io.condatis.error.CondatisException;

/** An object could not be turned into bytes, or bytes not into an object: it names the class, the reason and the remedy. */
public final class PayloadException extends CondatisException {
    private static final long serialVersionUID = 1L;

    PayloadException(final String message) {
        super(message);
    }

    PayloadException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
