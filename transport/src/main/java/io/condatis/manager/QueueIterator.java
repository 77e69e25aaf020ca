package io.condatis.manager;

import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.RemoteQueue;
import io.condatis.internal.protocol.EntryPage;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Shows what nobody has taken from a queue, a page at a time, without holding it still. */
final class QueueIterator<E> implements Iterator<E> {
    private record Place<T>(T item, long priority, long arrival) {}

    private final RemoteQueue queue;
    private final Connection connection;
    private final Values values;
    private final EntryPage.Reader entries = new EntryPage.Reader();
    private final ArrayDeque<Place<E>> page = new ArrayDeque<>();
    private long cursor;
    private long priority = Long.MIN_VALUE;
    private boolean last;
    private Place<E> removable;

    QueueIterator(final RemoteQueue queue, final Values values) {
        this.queue = queue;
        this.values = values;
        connection = queue.connection();
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !last) {
            fetch();
        }
        return !page.isEmpty();
    }

    @SuppressWarnings("unchecked")
    private void fetch() {
        final Call call = connection.begin();
        try {
            cursor = queue.scan(call, cursor, priority);
            last = cursor == 0;
            final var bytes = call.answer().buffer();
            entries.wrap(bytes, 0, call.answer().length());
            while (entries.next()) {
                priority = bytes.getLong(entries.keyOffset(), ByteOrder.LITTLE_ENDIAN);
                final long arrival = bytes.getLong(entries.keyOffset() + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
                final E item = (E) values.decodeOfPage(bytes, entries.valueOffset(), entries.valueLength());
                page.add(new Place<>(item, priority, arrival));
            }
        } finally {
            connection.end(call);
        }
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        removable = page.poll();
        return removable.item;
    }

    /** Nothing happens when somebody has taken the item meanwhile. */
    @Override
    public void remove() {
        if (removable == null) {
            throw new IllegalStateException("remove() needs a next() before it");
        }
        queue.remove(removable.priority, removable.arrival);
        removable = null;
    }
}
