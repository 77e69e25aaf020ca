package io.condatis.error;

/**
 * Root of every exception that Condatis itself defines; unchecked.
 *
 * <p>The message is one sentence that names the object, the value and the limit, then says what to do about it. Bad
 * arguments and use after close are reported by the JDK's own {@link IllegalArgumentException} and
 * {@link IllegalStateException}.
 */
public class CondatisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what happened to which object, and the remedy
     */
    public CondatisException(final String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what happened to which object, and the remedy
     * @param cause what was caught
     */
    public CondatisException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
