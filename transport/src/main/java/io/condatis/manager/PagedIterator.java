package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.protocol.EntryPage;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Iterates over what the server holds, a page at a time, without holding it still. */
final class PagedIterator<T> implements Iterator<T> {
    /** Fetches the page at a cursor as the call's answer and returns the next cursor, 0 after the last page. */
    @FunctionalInterface
    interface PageSource {
        long fetch(Call call, long cursor);
    }

    private final Connection connection;
    private final PageSource source;
    private final BiFunction<Bytes, EntryPage.Reader, T> decoder;
    private final Consumer<T> remover;
    private final EntryPage.Reader entries = new EntryPage.Reader();
    private final ArrayDeque<T> page = new ArrayDeque<>();
    private long cursor;
    private boolean last;
    private T removable;

    /**
     * An iterator from the beginning.
     *
     * @param remover removes what was returned last, null where that is not possible
     */
    PagedIterator(
            final Connection connection,
            final PageSource source,
            final BiFunction<Bytes, EntryPage.Reader, T> decoder,
            final Consumer<T> remover) {
        this.connection = connection;
        this.source = source;
        this.decoder = decoder;
        this.remover = remover;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !last) {
            fetch();
        }
        return !page.isEmpty();
    }

    private void fetch() {
        final Call call = connection.begin();
        try {
            cursor = source.fetch(call, cursor);
            last = cursor == 0;
            entries.wrap(call.answer().buffer(), 0, call.answer().length());
            while (entries.next()) {
                page.add(decoder.apply(call.answer(), entries));
            }
        } finally {
            connection.end(call);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        removable = page.poll();
        return removable;
    }

    @Override
    public void remove() {
        if (remover == null) {
            throw new UnsupportedOperationException("items of a queue leave it by take() or poll() only");
        }
        if (removable == null) {
            throw new IllegalStateException("remove() needs a next() before it");
        }
        remover.accept(removable);
        removable = null;
    }
}
