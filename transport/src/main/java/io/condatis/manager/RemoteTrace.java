package io.condatis.manager;

/**
 * Where in the server an exception came from: the cause of an exception that a custom object has thrown there, or that ended
 * the start of a manager. Its message holds the server's stack trace; its own would say nothing and is empty.
 */
public final class RemoteTrace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RemoteTrace(final String where, final String trace) {
        super("in " + where + ":" + System.lineSeparator() + trace, null, false, false);
    }

    /** Add the server's trace to an exception that came from there, and make its own that of the calling thread. */
    static void attach(final Throwable exception, final RemoteTrace trace) {
        Throwable root = exception;
        for (int depth = 0; root.getCause() != null && depth < 64; depth++) {
            root = root.getCause();
        }
        try {
            root.initCause(trace);
        } catch (final IllegalStateException e) {
            exception.addSuppressed(trace);
        }
        exception.setStackTrace(Thread.currentThread().getStackTrace());
    }
}
