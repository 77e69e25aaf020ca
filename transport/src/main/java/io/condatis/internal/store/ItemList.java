package io.condatis.internal.store;

import java.util.Comparator;
import java.util.List;

/** Items in the order of their arrival. */
final class ItemList {
    private static final Comparator<Item> BY_ARRIVAL = Comparator.comparingLong(item -> item.arrival);

    private Item first;
    private Item last;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return first == null;
    }

    Item first() {
        return first;
    }

    /** Append an item that arrived after all others. */
    void add(final Item item) {
        if (last == null) {
            first = item;
        } else {
            last.next = item;
        }
        last = item;
        size++;
    }

    Item poll() {
        final Item item = first;
        first = item.next;
        if (first == null) {
            last = null;
        }
        item.next = null;
        size--;
        return item;
    }

    /** Put items back to their places; costs one walk over the items that arrived before the last of them. */
    void putBack(final List<Item> items) {
        items.sort(BY_ARRIVAL);
        Item before = null;
        for (int i = 0; i < items.size(); i++) {
            final Item item = items.get(i);
            Item after = before == null ? first : before.next;
            while (after != null && after.arrival < item.arrival) {
                before = after;
                after = after.next;
            }
            link(before, item, after);
            before = item;
        }
        size += items.size();
    }

    private void link(final Item before, final Item item, final Item after) {
        item.next = after;
        if (before == null) {
            first = item;
        } else {
            before.next = item;
        }
        if (after == null) {
            last = item;
        }
    }
}
