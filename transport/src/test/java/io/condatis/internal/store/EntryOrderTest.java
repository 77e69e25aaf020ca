package io.condatis.internal.store;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EntryOrderTest {
    private final EntryOrder order = new EntryOrder();
    private long lastNumber;

    @Test
    void shouldFindTheNextEntryWhenOthersComeAndGo() {
        final long seed = Long.getLong("condatis.seed", System.nanoTime());
        final Random random = new Random(seed);
        final TreeMap<Long, Entry> model = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            final int growth = i / 10_000 % 2;
            if (random.nextInt(5) < 2 + growth) {
                final Entry entry = add();
                model.put(entry.number, entry);
            } else if (!model.isEmpty()) {
                final Long key = model.floorKey(model.firstKey() + random.nextInt(100));
                order.remove(model.remove(key));
            }
            final long number = lastNumber - random.nextInt(200);
            final var expected = model.higherEntry(number);
            assertSame(expected == null ? null : expected.getValue(), order.after(number), "-Dcondatis.seed=" + seed);
        }
        Entry entry = order.after(0);
        for (final Entry expected : model.values()) {
            assertSame(expected, entry, "-Dcondatis.seed=" + seed);
            entry = order.after(entry);
        }
        assertNull(entry);
    }

    /** Quadratic, and beyond the time-out, if each look walked over the holes before it. */
    @Test
    void shouldSkipManyHolesAtOnceWhenTheOldestEntriesAreGone() {
        final int count = 400_000;
        final Entry[] entries = new Entry[count];
        for (int i = 0; i < count; i++) {
            entries[i] = add();
        }
        for (int i = 0; i < count; i++) {
            assertSame(entries[i], order.after(0));
            order.remove(entries[i]);
        }
        assertNull(order.after(0));
    }

    private Entry add() {
        final Entry entry = new Entry(new byte[0], 0, ++lastNumber);
        order.add(entry);
        return entry;
    }
}
