package io.condatis.manager;

import io.condatis.internal.client.RemoteList;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;

/**
 * Walks over a managed list, or a range of it, a page at a time. It goes on while items are appended or set, and throws once
 * items have moved otherwise than by it.
 */
final class ListCursor<E> implements ListIterator<E> {
    /** Items fetched at most for a step back. */
    private static final int BACK = 64;

    private final ListCalls<E> calls;
    private final SubListProxy<E> range;
    private final int offset;
    private List<E> page = List.of();
    private int pageStart;
    private int knownSize = -1;
    private long moves;
    private int cursor;
    private int last = -1;

    /** From an index of the whole list; the range is null for the whole list. */
    ListCursor(final ListCalls<E> calls, final int cursor, final SubListProxy<E> range) {
        this.calls = calls;
        this.cursor = cursor;
        this.range = range;
        offset = range == null ? 0 : range.offset();
        moves = range == null ? RemoteList.ANY : range.moves();
    }

    @Override
    public boolean hasNext() {
        if (range != null) {
            return cursor < range.end();
        }
        if (isInPage(cursor)) {
            return true;
        }
        if (knownSize < 0 || cursor < knownSize) {
            fetch(cursor, RemoteList.END);
        }
        return isInPage(cursor);
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (!isInPage(cursor)) {
            fetch(cursor, range.end());
        }
        last = cursor++;
        return page.get(last - pageStart);
    }

    @Override
    public boolean hasPrevious() {
        return cursor > offset;
    }

    @Override
    public E previous() {
        if (!hasPrevious()) {
            throw new NoSuchElementException();
        }
        final int wanted = cursor - 1;
        if (!isInPage(wanted)) {
            fetch(Math.max(offset, cursor - BACK), cursor);
            if (!isInPage(wanted)) {
                fetch(wanted, cursor);
            }
        }
        if (!isInPage(wanted)) {
            throw ListCalls.moved();
        }
        cursor = wanted;
        last = wanted;
        return page.get(last - pageStart);
    }

    private boolean isInPage(final int index) {
        return index >= pageStart && index < pageStart + page.size();
    }

    private void fetch(final int from, final int to) {
        final ListCalls.Snapshot<E> fetched = ListCalls.checked(calls.page(from, to, moves));
        page = fetched.items;
        pageStart = from;
        knownSize = fetched.size;
        moves = fetched.moves;
    }

    @Override
    public int nextIndex() {
        return cursor - offset;
    }

    @Override
    public int previousIndex() {
        return cursor - offset - 1;
    }

    @Override
    public void remove() {
        final int index = lastIndex();
        changed(-1, calls.removeRange(index, index + 1, moves));
        if (isInPage(index)) {
            page.remove(index - pageStart);
        } else if (index < pageStart) {
            pageStart--;
        }
        if (index < cursor) {
            cursor--;
        }
        last = -1;
    }

    @Override
    public void set(final E item) {
        final int index = lastIndex();
        calls.set(index, item, moves);
        if (isInPage(index)) {
            page.set(index - pageStart, item);
        }
    }

    @Override
    public void add(final E item) {
        changed(1, calls.insert(cursor, item, moves));
        if (isInPage(cursor)) {
            page.add(cursor - pageStart, item);
        } else if (cursor < pageStart) {
            pageStart++;
        }
        cursor++;
        last = -1;
    }

    private void changed(final int more, final long newMoves) {
        moves = newMoves;
        if (knownSize >= 0) {
            knownSize += more;
        }
        if (range != null) {
            range.changed(more, newMoves);
        }
    }

    private int lastIndex() {
        if (last < 0) {
            throw new IllegalStateException("remove() and set() need a next() or previous() before them");
        }
        return last;
    }
}
