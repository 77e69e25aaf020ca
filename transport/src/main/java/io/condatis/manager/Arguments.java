package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.protocol.EntryPage;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** The arguments of a call of a custom object: values, each by itself, in a page of entries with empty keys. */
final class Arguments {
    private static final Object[] NONE = {};

    private Arguments() {}

    static void write(final Values values, final Object[] arguments, final Bytes bytes) {
        final EntryPage.Writer page = new EntryPage.Writer().wrap(bytes.buffer(), 0);
        final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
        for (final Object argument : arguments == null ? NONE : arguments) {
            final int length = values.encode(argument, scratch, 0);
            page.key(scratch, 0, 0).value(scratch, 0, length);
        }
        bytes.length(page.length());
    }

    static Object[] read(final Values values, final DirectBuffer buffer) {
        final EntryPage.Reader page = new EntryPage.Reader().wrap(buffer, 0, buffer.capacity());
        final List<Object> arguments = new ArrayList<>();
        RuntimeException failure = null;
        while (page.next()) {
            try {
                arguments.add(values.decodeOfPage(buffer, page.valueOffset(), page.valueLength()));
            } catch (final RuntimeException e) {
                // Go on all the same: each value is read once, for the references among them.
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return arguments.toArray();
    }
}
