package io.condatis.pool;

import io.condatis.payload.Payloads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

/** A failure's way from a worker to the pool: as text always, as itself where that is possible on both sides. */
final class Failures {
    private Failures() {}

    static void write(final Throwable failure, final String where, final FrameWriter frame, final Payloads payloads) {
        final StringWriter trace = new StringWriter();
        String message;
        boolean isDescribed = false;
        try {
            failure.printStackTrace(new PrintWriter(trace, true));
            message = Objects.requireNonNullElse(failure.getMessage(), "");
            isDescribed = true;
        } catch (final Throwable e) { // of the user's code; nobody could print it there either
            message = "it cannot be described: that threw " + e.getClass().getName();
        }
        frame.text(where).text(failure.getClass().getName()).text(message).text(trace.toString());
        if (!isDescribed) {
            frame.int8(0);
            return;
        }
        final int end = frame.position();
        try {
            frame.int8(1).payload(failure, payloads);
        } catch (final RuntimeException | Error e) {
            frame.truncate(end);
            frame.int8(0);
        }
    }

    /** {@return where it was thrown, which comes before it} */
    static String where(final FrameReader frame) {
        return frame.text();
    }

    static Throwable read(final FrameReader frame, final Payloads payloads) {
        final String className = frame.text();
        final String message = frame.text();
        final String trace = frame.text();
        if (frame.int8() == 0) {
            return new RemoteException(className, message.isEmpty() ? null : message, trace);
        }
        try {
            return (Throwable) frame.payload(payloads);
        } catch (final RuntimeException | Error e) {
            final RemoteException described = new RemoteException(className, message.isEmpty() ? null : message, trace);
            described.addSuppressed(e);
            return described;
        }
    }
}
