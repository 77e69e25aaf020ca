package io.condatis.internal.store;

import java.util.ArrayDeque;
import org.agrona.DirectBuffer;

/**
 * Items that are done, kept to be used again, so that queues allocate nothing in steady state. By size: the room of an
 * item is a power of two, at most twice what is in it.
 */
final class ItemPool {
    private static final int SMALLEST_BITS = 6;
    private static final int LARGEST_BITS = 16;
    private static final long MOST_BYTES = 32L << 20;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final ArrayDeque<Item>[] bySize = new ArrayDeque[LARGEST_BITS - SMALLEST_BITS + 1];

    private long bytes;

    ItemPool() {
        for (int i = 0; i < bySize.length; i++) {
            bySize[i] = new ArrayDeque<>();
        }
    }

    /** {@return an item that was never delivered, with a copy of this content} */
    Item take(final DirectBuffer source, final int offset, final int length) {
        final int bits = bits(length);
        Item item = bits > LARGEST_BITS ? null : bySize[bits - SMALLEST_BITS].pollLast();
        if (item == null) {
            item = new Item();
            item.body.reserve(bits > LARGEST_BITS ? length : 1 << bits);
        } else {
            bytes -= item.body.capacity();
        }
        item.body.fill(source, offset, length);
        item.priority = 0;
        item.arrival = 0;
        item.attempt = 1;
        item.sequence = 0;
        item.granted = false;
        return item;
    }

    /** Nobody refers to the item any more. */
    void release(final Item item) {
        final int capacity = item.body.capacity();
        if (capacity <= 1 << LARGEST_BITS && bytes + capacity <= MOST_BYTES) {
            bytes += capacity;
            bySize[bits(capacity) - SMALLEST_BITS].addLast(item);
        }
    }

    /** {@return the binary logarithm of the room for so many bytes} */
    private static int bits(final int length) {
        return Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, length) - 1));
    }
}
