package io.condatis.internal.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A queue's items that nobody has: lowest priority first, and in the order of their arrival where it is the same. */
final class ReadyItems {
    /** Sees items in their order until it has enough. */
    @FunctionalInterface
    interface Visitor {
        /** {@return whether to go on} */
        boolean visit(Item item);
    }

    private static final Comparator<Item> BY_PLACE =
            Comparator.<Item>comparingLong(item -> item.priority).thenComparingLong(item -> item.arrival);

    /** What has priority 0, which is all there is in most queues. */
    private final ItemRing plain = new ItemRing();

    private final TreeMap<Long, ItemRing> others = new TreeMap<>();
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Add an item that arrived after all others. */
    void add(final Item item) {
        ring(item.priority).add(item);
        size++;
    }

    void save(final SnapshotWriter out) {
        out.putInt(size);
        visit(item -> {
            out.putItem(item);
            return true;
        });
    }

    /** {@return the item with so many of priority 0 before it; only for a queue without priorities} */
    Item get(final int index) {
        return plain.get(index);
    }

    /** {@return the item that is next; there is one} */
    Item first() {
        return firstRing().get(0);
    }

    /** {@return the item that was next; there is one} */
    Item poll() {
        size--;
        final ItemRing ring = firstRing();
        final Item item = ring.poll();
        if (ring.size() == 0 && ring != plain) {
            others.remove(item.priority);
        }
        return item;
    }

    private ItemRing firstRing() {
        if (others.isEmpty() || plain.size() > 0 && others.firstKey() > 0) {
            return plain;
        }
        return others.firstEntry().getValue();
    }

    /** {@return the item at that place, which is removed, or null} */
    Item remove(final long priority, final long arrival) {
        final ItemRing ring = priority == 0 ? plain : others.get(priority);
        final Item item = ring == null ? null : ring.remove(arrival);
        if (item != null) {
            size--;
            if (ring.size() == 0 && ring != plain) {
                others.remove(priority);
            }
        }
        return item;
    }

    /** Put items back to their places. */
    void putBack(final List<Item> items) {
        if (items.isEmpty()) {
            return;
        }
        items.sort(BY_PLACE);
        int from = 0;
        for (int to = 1; to <= items.size(); to++) {
            if (to == items.size() || items.get(to).priority != items.get(from).priority) {
                ring(items.get(from).priority).putBack(items, from, to);
                from = to;
            }
        }
        size += items.size();
    }

    /** Show the items after a place, which need not be one's. */
    void visitAfter(final long priority, final long arrival, final Visitor visitor) {
        for (final Map.Entry<Long, ItemRing> entry : rings()) {
            if (entry.getKey() >= priority && !visit(entry, priority, arrival, visitor)) {
                return;
            }
        }
    }

    /** Show all of them. */
    void visit(final Visitor visitor) {
        visitAfter(Long.MIN_VALUE, Long.MIN_VALUE, visitor);
    }

    private static boolean visit(
            final Map.Entry<Long, ItemRing> entry, final long priority, final long arrival, final Visitor visitor) {
        final ItemRing ring = entry.getValue();
        for (int i = entry.getKey() == priority ? ring.countUpTo(arrival) : 0; i < ring.size(); i++) {
            if (!visitor.visit(ring.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Map.Entry<Long, ItemRing>> rings() {
        final List<Map.Entry<Long, ItemRing>> rings =
                new ArrayList<>(others.headMap(0L).entrySet());
        rings.add(Map.entry(0L, plain));
        rings.addAll(others.tailMap(0L).entrySet());
        return rings;
    }

    private ItemRing ring(final long priority) {
        return priority == 0 ? plain : others.computeIfAbsent(priority, key -> new ItemRing());
    }
}
