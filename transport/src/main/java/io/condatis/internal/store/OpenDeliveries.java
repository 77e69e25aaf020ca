package io.condatis.internal.store;

import java.util.function.Consumer;

/**
 * Items that were delivered to one consumer and are not done, in the order of their delivery. Most leave at the head, some
 * from between; what left there is a gap until the head has passed it or the gaps are more than half.
 */
final class OpenDeliveries {
    private static final int LEAST_CAPACITY = 16;

    private Item[] items = new Item[LEAST_CAPACITY];
    private int[] sequences = new int[LEAST_CAPACITY];
    private int head;
    /** Places in use, gaps included; neither the first nor the last is a gap. */
    private int span;

    private int size;

    int size() {
        return size;
    }

    void add(final Item item) {
        if (span == items.length) {
            make();
        }
        final int place = head + span & items.length - 1;
        items[place] = item;
        sequences[place] = item.sequence;
        span++;
        size++;
    }

    /** {@return the one that was delivered first; there is one} */
    Item first() {
        return items[head];
    }

    /** {@return the one that was delivered last but so many; there are no gaps so far} */
    Item fromLast(final int index) {
        return items[head + span - 1 - index & items.length - 1];
    }

    Item removeFirst() {
        return removeAt(0);
    }

    Item removeLast() {
        return removeAt(span - 1);
    }

    /** {@return the item, which is removed, or null when it is not here} */
    Item remove(final int sequence) {
        if (size == 0) {
            return null;
        }
        final int first = sequences[head];
        int low = 0;
        int high = span - 1;
        while (low < high) {
            final int middle = low + high >>> 1;
            if (sequences[head + middle & items.length - 1] - first < sequence - first) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        final int place = head + low & items.length - 1;
        return sequences[place] == sequence && items[place] != null ? removeAt(low) : null;
    }

    void forEach(final Consumer<Item> action) {
        for (int i = 0; i < span; i++) {
            final Item item = items[head + i & items.length - 1];
            if (item != null) {
                action.accept(item);
            }
        }
    }

    void clear() {
        for (int i = 0; i < span; i++) {
            items[head + i & items.length - 1] = null;
        }
        span = 0;
        size = 0;
    }

    private Item removeAt(final int index) {
        final int mask = items.length - 1;
        final Item item = items[head + index & mask];
        items[head + index & mask] = null;
        size--;
        while (span > 0 && items[head] == null) {
            head = head + 1 & mask;
            span--;
        }
        while (span > 0 && items[head + span - 1 & mask] == null) {
            span--;
        }
        return item;
    }

    /** Make room, by closing the gaps if they are many. */
    private void make() {
        final int capacity = size < span / 2 ? items.length : 2 * items.length;
        final Item[] movedItems = new Item[capacity];
        final int[] movedSequences = new int[capacity];
        int to = 0;
        for (int i = 0; i < span; i++) {
            final int place = head + i & items.length - 1;
            if (items[place] != null) {
                movedItems[to] = items[place];
                movedSequences[to++] = sequences[place];
            }
        }
        items = movedItems;
        sequences = movedSequences;
        head = 0;
        span = to;
    }
}
