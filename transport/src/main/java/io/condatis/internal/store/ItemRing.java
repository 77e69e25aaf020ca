package io.condatis.internal.store;

import java.util.List;

/** Items in the order of their arrival, in an array that is used round and round. */
final class ItemRing {
    private static final int LEAST_CAPACITY = 16;

    private Item[] items = new Item[LEAST_CAPACITY];
    private int head;
    private int size;

    int size() {
        return size;
    }

    /** {@return the item with so many before it} */
    Item get(final int index) {
        return items[head + index & items.length - 1];
    }

    /** Append an item that arrived after all others. */
    void add(final Item item) {
        if (size == items.length) {
            resize(2 * size);
        }
        items[head + size & items.length - 1] = item;
        size++;
    }

    Item poll() {
        final Item item = items[head];
        items[head] = null;
        head = head + 1 & items.length - 1;
        size--;
        if (size < items.length / 8 && items.length > 1 << 12) {
            resize(items.length / 2);
        }
        return item;
    }

    /** Put items back to their places, given in their order; moves only the items that arrived before the last of them. */
    void putBack(final List<Item> returned, final int from, final int to) {
        final int count = to - from;
        while (size + count > items.length) {
            resize(2 * items.length);
        }
        final int mask = items.length - 1;
        int read = head;
        int left = size;
        head = head - count & mask;
        size += count;
        int write = head;
        for (int i = from; i < to; i++) {
            final Item item = returned.get(i);
            while (left > 0 && items[read & mask].arrival < item.arrival) {
                items[write++ & mask] = items[read++ & mask];
                left--;
            }
            items[write++ & mask] = item;
        }
    }

    /** {@return how many items arrived at that place or before} */
    int countUpTo(final long arrival) {
        int low = 0;
        int high = size;
        while (low < high) {
            final int middle = low + high >>> 1;
            if (get(middle).arrival <= arrival) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** {@return the item of that arrival, which is removed, or null} */
    Item remove(final long arrival) {
        final int index = countUpTo(arrival) - 1;
        if (index < 0 || get(index).arrival != arrival) {
            return null;
        }
        final Item item = get(index);
        final int mask = items.length - 1;
        for (int i = index; i > 0; i--) {
            items[head + i & mask] = items[head + i - 1 & mask];
        }
        items[head] = null;
        head = head + 1 & mask;
        size--;
        return item;
    }

    private void resize(final int capacity) {
        final Item[] moved = new Item[capacity];
        for (int i = 0; i < size; i++) {
            moved[i] = get(i);
        }
        items = moved;
        head = 0;
    }
}
