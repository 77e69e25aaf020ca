package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.protocol.EntryPage;
import io.condatis.payload.PayloadException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a custom object has thrown, on its way to the caller: a page of three entries with empty keys, the exception itself
 * (nothing when it cannot travel), its text and its stack trace.
 *
 * @param exception or null
 * @param text class and message
 * @param trace as printed
 */
record RemoteFailure(Throwable exception, String text, String trace) {
    private static final int MAX_TEXT_LENGTH = 16_384;

    /** {@return how many bytes were written} */
    static int write(final Values values, final Throwable thrown, final ExpandableArrayBuffer buffer) {
        final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
        int length;
        try {
            length = values.encode(thrown, scratch, 0);
        } catch (final RuntimeException | StackOverflowError e) {
            length = 0;
        }
        final StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        final EntryPage.Writer page = new EntryPage.Writer().wrap(buffer, 0);
        page.key(scratch, 0, 0).value(scratch, 0, length);
        writeText(page, thrown.toString());
        writeText(page, trace.toString());
        return page.length();
    }

    private static void writeText(final EntryPage.Writer page, final String text) {
        final String some = text.length() > MAX_TEXT_LENGTH ? text.substring(0, MAX_TEXT_LENGTH) + "..." : text;
        final UnsafeBuffer bytes = new UnsafeBuffer(some.getBytes(StandardCharsets.UTF_8));
        page.key(bytes, 0, 0).value(bytes, 0, bytes.capacity());
    }

    static RemoteFailure read(final Values values, final Bytes bytes) {
        final DirectBuffer buffer = bytes.buffer();
        final EntryPage.Reader page = new EntryPage.Reader().wrap(buffer, 0, bytes.length());
        page.next();
        final Throwable exception = exception(values, buffer, page);
        page.next();
        final String text = buffer.getStringWithoutLengthUtf8(page.valueOffset(), page.valueLength());
        page.next();
        return new RemoteFailure(
                exception, text, buffer.getStringWithoutLengthUtf8(page.valueOffset(), page.valueLength()));
    }

    private static Throwable exception(final Values values, final DirectBuffer buffer, final EntryPage.Reader page) {
        try {
            return page.valueLength() > 0
                            && values.decode(buffer, page.valueOffset(), page.valueLength()) instanceof Throwable thrown
                    ? thrown
                    : null;
        } catch (final PayloadException e) {
            return null;
        }
    }

    /**
     * What to throw here.
     *
     * @param call what was called, for messages
     * @param where the server, for messages
     * @param declared checked exceptions that may be thrown
     */
    Throwable toThrow(final String call, final String where, final Class<?>... declared) {
        final RemoteTrace remote = new RemoteTrace(where, trace);
        if (exception == null) {
            return new RemoteCallException(
                    call + " failed in " + where + " with " + text
                            + "; to have it thrown here as itself, allow its class with ManagerOptions.allow(...)",
                    remote);
        }
        RemoteTrace.attach(exception, remote);
        if (exception instanceof RuntimeException || exception instanceof Error) {
            return exception;
        }
        for (final Class<?> checked : declared) {
            if (checked.isInstance(exception)) {
                return exception;
            }
        }
        return new RemoteCallException(
                call + " failed in " + where + " with " + text + ", which it does not declare", exception);
    }
}
