package io.condatis.manager;

import io.condatis.internal.client.Bytes;
import io.condatis.internal.client.Call;
import io.condatis.internal.client.Connection;
import io.condatis.internal.client.RemoteList;
import io.condatis.internal.protocol.ItemPage;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.agrona.collections.IntArrayList;

/** The requests for a managed list, with objects for bytes; indexes are those of the whole list. */
final class ListCalls<E> {
    private static final int MOST_TRIES = 1_000;

    final RemoteList remote;
    private final Connection connection;
    private final Values values;

    ListCalls(final RemoteList remote, final Values values) {
        this.remote = remote;
        this.values = values;
        connection = remote.connection();
    }

    /** Some items as they were at one time. */
    static final class Snapshot<E> {
        final List<E> items = new ArrayList<>();
        long moves = RemoteList.ANY;
        long changes;
        /** Of the whole list. */
        int size;
    }

    E get(final int index) {
        final Call call = connection.begin();
        try {
            remote.get(call, index);
            return decode(call);
        } finally {
            connection.end(call);
        }
    }

    E set(final int index, final E item, final long moves) {
        final Call call = connection.begin();
        try {
            values.encode(item, call.value());
            if (!remote.set(call, index, moves)) {
                throw moved();
            }
            return decode(call);
        } finally {
            connection.end(call);
            Reference.reachabilityFence(item);
        }
    }

    boolean compareAndSet(final int index, final E expected, final E item) {
        final Call call = connection.begin();
        try {
            values.encode(expected, call.expected());
            values.encode(item, call.value());
            return remote.setIfEqual(call, index);
        } finally {
            connection.end(call);
            Reference.reachabilityFence(item);
        }
    }

    E update(final int index, final UnaryOperator<E> function) {
        final Call call = connection.begin();
        try {
            while (true) {
                remote.get(call, index);
                Values.copy(call.answer(), call.expected());
                final E after = function.apply(decode(call));
                values.encode(after, call.value());
                connection.renew(call);
                if (remote.setIfEqual(call, index)) {
                    Reference.reachabilityFence(after);
                    return after;
                }
                connection.renew(call);
            }
        } finally {
            connection.end(call);
        }
    }

    /** Insert an item; {@link RemoteList#END} appends. Returns the count of moves. */
    long insert(final int index, final E item, final long moves) {
        final Call call = connection.begin();
        try {
            final Bytes page = call.value();
            final int length = values.encode(item, page.buffer(), ItemPage.ITEM_OVERHEAD);
            page.buffer().putInt(0, length, ByteOrder.LITTLE_ENDIAN);
            page.length(ItemPage.ITEM_OVERHEAD + length);
            return checked(remote.insert(call, index, moves));
        } finally {
            connection.end(call);
            Reference.reachabilityFence(item);
        }
    }

    /** Insert items, as many as there are in a message; {@link RemoteList#END} appends. Returns the count of moves. */
    long insertAll(final int index, final Object[] items, final long moves) {
        final Call call = connection.begin();
        try {
            final Pages pages = new Pages(connection, call, values);
            for (final Object item : items) {
                pages.item(item);
            }
            long current = moves;
            while (pages.next()) {
                final long now =
                        checked(remote.insert(call, index == RemoteList.END ? index : index + pages.before(), current));
                current = current == RemoteList.ANY ? current : now;
            }
            return current;
        } finally {
            connection.end(call);
            Reference.reachabilityFence(items);
        }
    }

    /** Remove a range; returns the count of moves. */
    long removeRange(final int from, final int to, final long moves) {
        final Call call = connection.begin();
        try {
            return checked(remote.remove(call, from, to, moves));
        } finally {
            connection.end(call);
        }
    }

    /** Remove an item; {@link RemoteList#END} is the last. */
    E remove(final int index, final int behind, final long moves) {
        final Call call = connection.begin();
        try {
            checked(remote.remove(call, index, behind, moves));
            return decode(call);
        } finally {
            connection.end(call);
        }
    }

    int find(final Object item, final int from, final int to, final boolean remove) {
        final Call call = connection.begin();
        try {
            return values.encodeProbe(item, call.value()) ? remote.find(call, from, to, remove) : -1;
        } finally {
            connection.end(call);
        }
    }

    int findLast(final Object item, final int from, final int to) {
        final Call call = connection.begin();
        try {
            return values.encodeProbe(item, call.value()) ? remote.findLast(call, from, to) : -1;
        } finally {
            connection.end(call);
        }
    }

    /** Fetch the items from an index on that fit a page; null when the list has had other moves. */
    Snapshot<E> page(final int from, final int to, final long moves) {
        final Call call = connection.begin();
        try {
            return remote.scan(call, from, to, moves) ? read(call) : null;
        } finally {
            connection.end(call);
        }
    }

    @SuppressWarnings("unchecked")
    private Snapshot<E> read(final Call call) {
        final Snapshot<E> page = new Snapshot<>();
        final Bytes answer = call.answer();
        final ItemPage.Reader items = new ItemPage.Reader()
                .wrap(answer.buffer(), ItemPage.SCAN_ITEMS_OFFSET, answer.length() - ItemPage.SCAN_ITEMS_OFFSET);
        page.moves = RemoteList.moves(call);
        page.changes = RemoteList.changes(call);
        page.size = (int) call.number();
        while (items.next()) {
            page.items.add((E) values.decodeOfPage(answer.buffer(), items.offset(), items.length()));
        }
        return page;
    }

    /** All items of a range as they were at one time; a range of a list with other moves is an error. */
    Snapshot<E> snapshot(final int from, final int to, final long moves) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final Snapshot<E> all = checked(page(from, to, moves));
            final int end = to == RemoteList.END ? all.size : to;
            Snapshot<E> page = all;
            while (page != null && page.changes == all.changes && from + all.items.size() < end) {
                page = page(from + all.items.size(), end, all.moves);
                if (page != null && page.changes == all.changes) {
                    if (page.items.isEmpty()) {
                        throw moved();
                    }
                    all.items.addAll(page.items);
                }
            }
            if (page != null && page.changes == all.changes) {
                return all;
            }
        }
        throw new ConcurrentModificationException(
                "the list was changed each of " + MOST_TRIES + " times that it was read; read it under a lock");
    }

    /** Sort a range. Returns the count of moves. */
    long sort(final int from, final int to, final Comparator<? super E> comparator, final long moves) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final Snapshot<E> now = snapshot(from, to, moves);
            final int[] order = ListOrder.sorted(now.items, comparator);
            if (order == null) {
                return now.moves;
            }
            if (reorder(from, order, now.changes)) {
                return now.moves + 1;
            }
        }
        throw new ConcurrentModificationException(
                "the list was changed each of " + MOST_TRIES + " times that it was sorted; sort it under a lock");
    }

    long reverse(final int from, final int to, final long moves) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final Snapshot<E> now = snapshot(from, to, moves);
            if (now.items.size() < 2 || reorder(from, ListOrder.reversed(now.items.size()), now.changes)) {
                return now.moves + 1;
            }
        }
        throw new ConcurrentModificationException(
                "the list was changed each of " + MOST_TRIES + " times that it was reversed; reverse it under a lock");
    }

    private boolean reorder(final int from, final int[] order, final long changes) {
        final Call call = connection.begin();
        try {
            final Bytes bytes = call.value();
            for (int i = 0; i < order.length; i++) {
                bytes.buffer().putInt(i * Integer.BYTES, order[i], ByteOrder.LITTLE_ENDIAN);
            }
            bytes.length(order.length * Integer.BYTES);
            return remote.reorder(call, from, changes);
        } finally {
            connection.end(call);
        }
    }

    /** Remove every item that is one of some, or every other; returns whether there were any. */
    boolean removeAll(final Collection<?> some, final boolean retain) {
        final Object[] items = some.toArray();
        final Call call = connection.begin();
        try {
            final Bytes page = call.value();
            int end = 0;
            for (final Object item : items) {
                if (values.encodeProbe(item, page, end + ItemPage.ITEM_OVERHEAD)) {
                    page.buffer().putInt(end, page.length(), ByteOrder.LITTLE_ENDIAN);
                    end += ItemPage.ITEM_OVERHEAD + page.length();
                }
            }
            page.length(end);
            return remote.removeAll(call, retain) > 0;
        } finally {
            connection.end(call);
            Reference.reachabilityFence(items);
        }
    }

    /** Remove the items of a range that are chosen, all at once; empty when there are none. */
    Removal removeIf(final int from, final int to, final Predicate<? super E> chosen, final long moves) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final Snapshot<E> now = snapshot(from, to, moves);
            final IntArrayList indexes = new IntArrayList();
            for (int i = 0; i < now.items.size(); i++) {
                if (chosen.test(now.items.get(i))) {
                    indexes.addInt(from + i);
                }
            }
            final long current = indexes.isEmpty() ? now.moves : removeSome(indexes, now.changes);
            if (current != RemoteList.REFUSED) {
                return new Removal(indexes.size(), current);
            }
        }
        throw new ConcurrentModificationException("the list was changed each of " + MOST_TRIES
                + " times that items were chosen to be removed; remove them under a lock");
    }

    /**
     * What was removed.
     *
     * @param count of items
     * @param moves that the list has had now
     */
    record Removal(int count, long moves) {}

    private long removeSome(final IntArrayList indexes, final long changes) {
        final Call call = connection.begin();
        try {
            final Bytes bytes = call.value();
            for (int i = 0; i < indexes.size(); i++) {
                bytes.buffer().putInt(i * Integer.BYTES, indexes.getInt(i), ByteOrder.LITTLE_ENDIAN);
            }
            bytes.length(indexes.size() * Integer.BYTES);
            return remote.removeSome(call, changes);
        } finally {
            connection.end(call);
        }
    }

    /** Replace each item of a range by a function of it: all at once when they fit a message, else page by page. */
    void replaceAll(final int from, final int to, final UnaryOperator<E> operator, final long moves) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            final Snapshot<E> now = snapshot(from, to, moves);
            now.items.replaceAll(operator);
            final Boolean done = replaceAtOnce(from, now);
            if (done == null) {
                replacePages(from, to, operator, moves);
                return;
            }
            if (done) {
                return;
            }
        }
        throw new ConcurrentModificationException(
                "the list was changed each of " + MOST_TRIES + " times that it was replaced; replace it under a lock");
    }

    /** {@return whether nobody had changed the list, so it is done; null when the items do not fit a message} */
    private Boolean replaceAtOnce(final int from, final Snapshot<E> after) {
        final Call call = connection.begin();
        try {
            final Pages pages = new Pages(connection, call, values);
            after.items.forEach(pages::item);
            if (!pages.fitOne()) {
                return null;
            }
            return !pages.next() || remote.replace(call, from, after.changes) != RemoteList.REFUSED;
        } finally {
            connection.end(call);
            Reference.reachabilityFence(after);
        }
    }

    private void replacePages(final int from, final int to, final UnaryOperator<E> operator, final long moves) {
        long current = moves;
        int index = from;
        while (to == RemoteList.END || index < to) {
            final Snapshot<E> page = checked(page(index, to, current));
            if (page.items.isEmpty()) {
                return;
            }
            page.items.replaceAll(operator);
            if (replace(index, page.items, page.changes)) {
                index += page.items.size();
                current = page.moves;
            }
        }
    }

    private boolean replace(final int from, final Collection<E> items, final long changes) {
        final Call call = connection.begin();
        try {
            final Pages pages = new Pages(connection, call, values);
            for (final E item : items) {
                pages.item(item);
            }
            long current = changes;
            while (pages.next()) {
                current = remote.replace(call, from + pages.before(), current);
                if (current == RemoteList.REFUSED) {
                    if (pages.before() > 0) {
                        throw moved();
                    }
                    return false;
                }
            }
            return true;
        } finally {
            connection.end(call);
            Reference.reachabilityFence(items);
        }
    }

    private static long checked(final long moves) {
        if (moves == RemoteList.REFUSED) {
            throw moved();
        }
        return moves;
    }

    static <E> Snapshot<E> checked(final Snapshot<E> page) {
        if (page == null) {
            throw moved();
        }
        return page;
    }

    static ConcurrentModificationException moved() {
        return new ConcurrentModificationException(
                "items of the list were inserted or removed meanwhile, so that indexes mean other items");
    }

    @SuppressWarnings("unchecked")
    private E decode(final Call call) {
        return (E) values.decode(call);
    }
}
