package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.payload.PayloadException;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.collections.IntArrayList;

/**
 * What a batch sends: items or entries, in as few messages as hold them. All are encoded before the first is sent, so what
 * cannot be encoded spoils nothing.
 */
final class Pages {
    /** Most bytes sent in one message, which is one step of the server; a longer item goes alone. */
    static final int MOST_BYTES = 1 << 20;

    private final Connection connection;
    private final Call call;
    private final Values values;
    private final Bytes bytes;
    private final ExpandableArrayBuffer buffer;
    /** Where each page ends, and how many entries end there in all; the last page is open. */
    private final IntArrayList cuts = new IntArrayList();

    private final IntArrayList counts = new IntArrayList();
    private int pageStart;
    private int entryStart;
    private int end;
    private int count;
    private int sent = -1;

    Pages(final Connection connection, final Call call, final Values values) {
        this.connection = connection;
        this.call = call;
        this.values = values;
        bytes = call.value();
        buffer = bytes.buffer();
    }

    Pages item(final Object item) {
        end(values.encode(item, buffer, end + Integer.BYTES));
        return entry();
    }

    Pages entry(final Object key, final Object value) {
        end(values.encodeKey(key, buffer, end + Integer.BYTES));
        end(values.encode(value, buffer, end + Integer.BYTES));
        return entry();
    }

    Pages key(final Object key) {
        end(values.encodeKey(key, buffer, end + Integer.BYTES));
        end(0);
        return entry();
    }

    /** Append a key unless it cannot be one, so that nothing has it. */
    boolean probe(final Object key) {
        try {
            key(key);
            return true;
        } catch (final PayloadException e) {
            return false;
        }
    }

    private void end(final int length) {
        buffer.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
        end += Integer.BYTES + length;
    }

    private Pages entry() {
        if (end - pageStart > MOST_BYTES && entryStart > pageStart) {
            cut();
        }
        entryStart = end;
        count++;
        return this;
    }

    private void cut() {
        cuts.addInt(entryStart);
        counts.addInt(count);
        pageStart = entryStart;
    }

    /** {@return whether all that was appended so far fits one message} */
    boolean fitOne() {
        return cuts.isEmpty();
    }

    /** Make the next page the value of the call, ready to be sent; false after the last. */
    boolean next() {
        if (sent < 0) {
            cut();
        }
        sent++;
        if (sent == cuts.size() || count == 0) {
            return false;
        }
        final int from = sent == 0 ? 0 : cuts.getInt(sent - 1);
        final int length = cuts.getInt(sent) - from;
        if (sent > 0) {
            buffer.putBytes(0, buffer, from, length);
            connection.renew(call);
        }
        bytes.length(length);
        return true;
    }

    /** {@return entries in the page that {@link #next()} has made ready} */
    int count() {
        return counts.getInt(sent) - (sent == 0 ? 0 : counts.getInt(sent - 1));
    }

    /** {@return entries before that page} */
    int before() {
        return sent == 0 ? 0 : counts.getInt(sent - 1);
    }
}
