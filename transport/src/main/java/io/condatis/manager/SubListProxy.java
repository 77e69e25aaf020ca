package io.condatis.manager;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A range of a managed list. It knows how often items had moved, and does nothing once they moved otherwise than by it. */
final class SubListProxy<E> extends AbstractList<E> {
    private final ListCalls<E> calls;
    private final SubListProxy<E> parent;
    private final int offset;
    private int size;
    private long moves;

    SubListProxy(
            final ListCalls<E> calls,
            final SubListProxy<E> parent,
            final int offset,
            final int size,
            final long moves) {
        this.calls = calls;
        this.parent = parent;
        this.offset = offset;
        this.size = size;
        this.moves = moves;
    }

    static void checkRange(final int from, final int to, final int size) {
        if (from > to) {
            throw new IllegalArgumentException("fromIndex " + from + " is above toIndex " + to);
        }
        Objects.checkFromToIndex(from, to, size);
    }

    int offset() {
        return offset;
    }

    int end() {
        return offset + size;
    }

    long moves() {
        return moves;
    }

    /** It, or an iterator over it, has inserted or removed items. */
    void changed(final int more, final long newMoves) {
        size += more;
        moves = newMoves;
        if (parent != null) {
            parent.changed(more, newMoves);
        }
    }

    @Override
    public int size() {
        if (calls.page(0, 0, moves) == null) {
            throw ListCalls.moved();
        }
        return size;
    }

    @Override
    public E get(final int index) {
        final int at = offset + Objects.checkIndex(index, size);
        return ListCalls.checked(calls.page(at, at + 1, moves)).items.get(0);
    }

    @Override
    public E set(final int index, final E item) {
        return calls.set(offset + Objects.checkIndex(index, size), item, moves);
    }

    @Override
    public boolean add(final E item) {
        add(size, item);
        return true;
    }

    @Override
    public void add(final int index, final E item) {
        Objects.checkFromToIndex(index, index, size);
        changed(1, calls.insert(offset + index, item, moves));
    }

    @Override
    public boolean addAll(final Collection<? extends E> items) {
        return addAll(size, items);
    }

    @Override
    public boolean addAll(final int index, final Collection<? extends E> items) {
        Objects.checkFromToIndex(index, index, size);
        final Object[] all = items.toArray();
        changed(all.length, calls.insertAll(offset + index, all, moves));
        return all.length > 0;
    }

    @Override
    public E remove(final int index) {
        final int at = offset + Objects.checkIndex(index, size);
        final E item = calls.remove(at, at + 1, moves);
        changed(-1, moves + 1);
        return item;
    }

    @Override
    public boolean remove(final Object item) {
        final int index = indexOf(item);
        if (index >= 0) {
            removeRange(index, index + 1);
        }
        return index >= 0;
    }

    @Override
    protected void removeRange(final int from, final int to) {
        Objects.checkFromToIndex(from, to, size);
        changed(from - to, calls.removeRange(offset + from, offset + to, moves));
    }

    @Override
    public boolean contains(final Object item) {
        return indexOf(item) >= 0;
    }

    @Override
    public int indexOf(final Object item) {
        final int found = size == 0 ? -1 : calls.find(item, offset, end(), false);
        size();
        return found < 0 ? -1 : found - offset;
    }

    @Override
    public int lastIndexOf(final Object item) {
        final int found = size == 0 ? -1 : calls.findLast(item, end() - 1, offset);
        size();
        return found < 0 ? -1 : found - offset;
    }

    @Override
    public void sort(final Comparator<? super E> comparator) {
        changed(0, calls.sort(offset, end(), comparator, moves));
    }

    @Override
    public void replaceAll(final UnaryOperator<E> operator) {
        Objects.requireNonNull(operator, "operator");
        calls.replaceAll(offset, end(), operator, moves);
    }

    @Override
    public boolean removeIf(final Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        final ListCalls.Removal removal = calls.removeIf(offset, end(), filter, moves);
        changed(-removal.count(), removal.moves());
        return removal.count() > 0;
    }

    @Override
    public boolean removeAll(final Collection<?> some) {
        Objects.requireNonNull(some, "some");
        return removeIf(some::contains);
    }

    @Override
    public boolean retainAll(final Collection<?> some) {
        Objects.requireNonNull(some, "some");
        return removeIf(item -> !some.contains(item));
    }

    @Override
    public Object[] toArray() {
        return calls.snapshot(offset, end(), moves).items.toArray();
    }

    @Override
    public <T> T[] toArray(final T[] array) {
        return calls.snapshot(offset, end(), moves).items.toArray(array);
    }

    @Override
    public Iterator<E> iterator() {
        return listIterator(0);
    }

    @Override
    public ListIterator<E> listIterator(final int index) {
        Objects.checkFromToIndex(index, index, size);
        return new ListCursor<>(calls, offset + index, this);
    }

    @Override
    public List<E> subList(final int from, final int to) {
        checkRange(from, to, size);
        return new SubListProxy<>(calls, this, offset + from, to - from, moves);
    }

    @Override
    public String toString() {
        return ProxyText.items(calls.snapshot(offset, end(), moves).items);
    }
}
