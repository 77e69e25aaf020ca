package io.condatis.examples.desk.market;

/** The trades cannot be read; the message says where and what was expected. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception for the user.
     *
     * @param position file and line
     * @param problem what was expected
     */
    public BadInputException(final String position, final String problem) {
        super(position + ": " + problem);
    }
}
