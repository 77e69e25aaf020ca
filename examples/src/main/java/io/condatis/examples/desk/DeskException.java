package io.condatis.examples.desk;

/** The desk cannot go on; the message is for the user. */
final class DeskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    DeskException(final int exitCode, final String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
