package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteList;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A managed list with objects for bytes. */
final class ListProxy<E> extends AbstractList<E> implements SharedList<E>, Proxied {
    private static final long ANY = RemoteList.ANY;
    private static final int END = RemoteList.END;

    private final ListCalls<E> calls;

    ListProxy(final RemoteList list, final Values values) {
        calls = new ListCalls<>(list, values);
    }

    @Override
    public ObjectReference reference() {
        return calls.remote.reference();
    }

    @Override
    public Connection connection() {
        return calls.remote.connection();
    }

    @Override
    public int size() {
        return calls.remote.size();
    }

    @Override
    public E get(final int index) {
        return calls.get(index);
    }

    @Override
    public E set(final int index, final E item) {
        return calls.set(index, item, ANY);
    }

    @Override
    public boolean add(final E item) {
        calls.insert(END, item, ANY);
        return true;
    }

    @Override
    public void add(final int index, final E item) {
        calls.insert(checkIndex(index), item, ANY);
    }

    @Override
    public boolean addAll(final Collection<? extends E> items) {
        final Object[] all = items.toArray();
        calls.insertAll(END, all, ANY);
        return all.length > 0;
    }

    @Override
    public boolean addAll(final int index, final Collection<? extends E> items) {
        final Object[] all = items.toArray();
        if (all.length == 0) {
            Objects.checkFromToIndex(checkIndex(index), index, size());
            return false;
        }
        calls.insertAll(checkIndex(index), all, ANY);
        return true;
    }

    @Override
    public E remove(final int index) {
        return calls.remove(checkIndex(index), index + 1, ANY);
    }

    @Override
    public boolean remove(final Object item) {
        return calls.find(item, 0, END, true) >= 0;
    }

    @Override
    public E removeFirst() {
        try {
            return calls.remove(0, 1, ANY);
        } catch (final IndexOutOfBoundsException e) {
            throw new NoSuchElementException("the list is empty");
        }
    }

    @Override
    public E removeLast() {
        try {
            return calls.remove(END, END, ANY);
        } catch (final IndexOutOfBoundsException e) {
            throw new NoSuchElementException("the list is empty");
        }
    }

    @Override
    public void clear() {
        calls.removeRange(0, END, ANY);
    }

    @Override
    protected void removeRange(final int from, final int to) {
        calls.removeRange(checkIndex(from), checkIndex(to), ANY);
    }

    /** Negative indexes, which the server would take for the end, are refused here. */
    private static int checkIndex(final int index) {
        if (index < 0) {
            throw new IndexOutOfBoundsException("There is no index " + index + ".");
        }
        return index;
    }

    @Override
    public boolean contains(final Object item) {
        return indexOf(item) >= 0;
    }

    @Override
    public int indexOf(final Object item) {
        return calls.find(item, 0, END, false);
    }

    @Override
    public int lastIndexOf(final Object item) {
        return calls.findLast(item, END, 0);
    }

    @Override
    public E update(final int index, final UnaryOperator<E> function) {
        Objects.requireNonNull(function, "function");
        return calls.update(index, function);
    }

    @Override
    public boolean compareAndSet(final int index, final E expected, final E item) {
        return calls.compareAndSet(index, expected, item);
    }

    @Override
    public void sort(final Comparator<? super E> comparator) {
        calls.sort(0, END, comparator, ANY);
    }

    @Override
    public void reverse() {
        calls.reverse(0, END, ANY);
    }

    @Override
    public void replaceAll(final UnaryOperator<E> operator) {
        Objects.requireNonNull(operator, "operator");
        calls.replaceAll(0, END, operator, ANY);
    }

    @Override
    public boolean removeIf(final Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        return calls.removeIf(0, END, filter, ANY).count() > 0;
    }

    @Override
    public boolean removeAll(final Collection<?> some) {
        return calls.removeAll(some, false);
    }

    @Override
    public boolean retainAll(final Collection<?> some) {
        return calls.removeAll(some, true);
    }

    @Override
    public Object[] toArray() {
        return calls.snapshot(0, END, ANY).items.toArray();
    }

    @Override
    public <T> T[] toArray(final T[] array) {
        return calls.snapshot(0, END, ANY).items.toArray(array);
    }

    @Override
    public Iterator<E> iterator() {
        return new ListCursor<>(calls, 0, null);
    }

    @Override
    public ListIterator<E> listIterator() {
        return new ListCursor<>(calls, 0, null);
    }

    @Override
    public ListIterator<E> listIterator(final int index) {
        if (index != 0) {
            Objects.checkFromToIndex(index, index, size());
        }
        return new ListCursor<>(calls, index, null);
    }

    @Override
    public List<E> subList(final int from, final int to) {
        final ListCalls.Snapshot<E> now = calls.page(0, 0, ANY);
        SubListProxy.checkRange(from, to, now.size);
        return new SubListProxy<>(calls, null, from, to - from, now.moves);
    }

    /** As every list; a managed object among the items is named, not shown, since it may hold this list. */
    @Override
    public String toString() {
        return ProxyText.items(calls.snapshot(0, END, ANY).items);
    }
}
