package io.condatis.manager;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A list in the server of a {@link Manager}. CPython's {@code Manager().list()}, as a whole {@link List}.
 *
 * <p><b>Copies.</b> Items are copies: changing an object after it was added, or one that was read, changes nothing here. Use
 * {@link #update}, or store a managed list or dict, which is written through. {@code null} is allowed.
 *
 * <p><b>Equality</b> is of bytes wherever the server looks for an item: {@code contains}, {@code indexOf}, {@code
 * remove(Object)}, {@code removeAll}, {@code retainAll}. Text, numbers, UUIDs, enums and records of these have equal bytes when
 * they are equal. {@code equals} of the whole list compares the items by theirs.
 *
 * <p><b>Atomicity.</b> Each call is one step of the server; {@code addAll} is one for each 1 MiB of items, and sends nothing
 * when an item cannot be written. A search looks at 16384 items in a step. {@link #sort} and {@link #reverse} read the list,
 * and send a new order that the server takes only if nothing was changed meanwhile, else they begin again. So do {@code
 * removeIf} and {@code replaceAll}, whose functions may thus be asked more than once about an item; {@code replaceAll} is one
 * step up to 1 MiB of items and goes page by page beyond. {@code removeAll} and {@code retainAll} are one step, which looks at
 * every item; of a sub-list they are as {@code removeIf}, and compare by {@code equals}. Appending and reading by index take
 * constant time; an insertion or removal elsewhere moves references, 4 bytes for each item on the shorter side. A copy, such as
 * {@code new ArrayList<>(list)}, is of one moment.
 *
 * <p><b>Iterators and sub-lists</b> go on while others append or set items, and show what they find. Once an item was inserted
 * elsewhere or removed, so that indexes mean other items, their next step to the server throws {@link
 * java.util.ConcurrentModificationException} and does nothing.
 *
 * <p>Thread-safe. When the server dies, calls throw {@link ManagerLostException}; when the list was deleted, {@link
 * IllegalStateException}.
 *
 * @param <E> items
 */
public interface SharedList<E> extends List<E> {
    /**
     * Replace an item by a function of it. Atomic; the function runs here and perhaps more than once.
     *
     * @param index 0 to size - 1
     * @param function of the present item
     * @return the new item
     * @throws IndexOutOfBoundsException when there is no such item
     */
    E update(int index, UnaryOperator<E> function);

    /**
     * Replace an item if it is as expected, byte for byte. Atomic.
     *
     * @param index 0 to size - 1
     * @param expected item
     * @param item the new item
     * @return whether it was as expected
     * @throws IndexOutOfBoundsException when there is no such item
     */
    boolean compareAndSet(int index, E expected, E item);

    /**
     * {@return the first item, which is removed} Atomic.
     *
     * @throws java.util.NoSuchElementException when the list is empty
     */
    E removeFirst();

    /**
     * {@return the last item, which is removed} Atomic.
     *
     * @throws java.util.NoSuchElementException when the list is empty
     */
    E removeLast();

    /** Reverse the order. Atomic. */
    void reverse();

    /**
     * Sort, keeping the order of equal items. Atomic; compares here.
     *
     * @param comparator {@code null} for the natural order
     * @throws java.util.ConcurrentModificationException when the list is changed all the time meanwhile
     */
    @Override
    void sort(Comparator<? super E> comparator);
}
