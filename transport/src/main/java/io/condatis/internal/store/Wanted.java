package io.condatis.internal.store;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Contents that a request names, to look up others among them. */
final class Wanted {
    private final EntryTable table;
    private final UnsafeBuffer content = new UnsafeBuffer();

    Wanted(final long hashSeed) {
        table = new EntryTable(new KeyHash(hashSeed));
    }

    void add(final DirectBuffer buffer, final int offset, final int length) {
        content.wrap(buffer, offset, length);
        final int hash = table.hash(content);
        if (table.get(content, hash) == null) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            table.add(new Entry(bytes, hash, 0));
        }
    }

    boolean contains(final byte[] bytes, final int offset, final int length) {
        content.wrap(bytes, offset, length);
        return table.get(content, table.hash(content)) != null;
    }
}
