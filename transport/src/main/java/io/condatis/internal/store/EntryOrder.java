package io.condatis.internal.store;

import java.util.Arrays;

/**
 * Entries in the order of their numbers. An array with holes: a search for a number is binary, a walk jumps over a run
 * of holes at once because every hole remembers where its run ended when last seen, and a full array is closed up when
 * a quarter of it is holes, so adding costs constant time on average.
 */
final class EntryOrder {
    private static final int LEAST_CAPACITY = 16;

    private Entry[] entries;
    private long[] numbers;
    /** For a hole: an index behind it with nothing but holes between; meaningless for others. */
    private int[] jumps;

    private int end;
    private int size;

    EntryOrder() {
        clear();
    }

    /** Append an entry with a number higher than all before. */
    void add(final Entry entry) {
        if (end == entries.length) {
            makeRoom();
        }
        entries[end] = entry;
        numbers[end] = entry.number;
        entry.index = end++;
        size++;
    }

    void remove(final Entry entry) {
        entries[entry.index] = null;
        jumps[entry.index] = entry.index + 1;
        size--;
    }

    void clear() {
        entries = new Entry[LEAST_CAPACITY];
        numbers = new long[LEAST_CAPACITY];
        jumps = new int[LEAST_CAPACITY];
        end = 0;
        size = 0;
    }

    /** {@return the first entry whose number is higher, or null} */
    Entry after(final long number) {
        int low = 0;
        int high = end;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (numbers[middle] <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return firstFrom(low);
    }

    /** {@return the entry that follows, or null} */
    Entry after(final Entry entry) {
        return firstFrom(entry.index + 1);
    }

    /** {@return the entry added last, or null; drops the holes behind it} */
    Entry last() {
        while (end > 0 && entries[end - 1] == null) {
            end--;
        }
        return end == 0 ? null : entries[end - 1];
    }

    private Entry firstFrom(final int index) {
        int found = index;
        while (found < end && entries[found] == null) {
            found = jumps[found];
        }
        int hole = index;
        while (hole < found) {
            final int behind = jumps[hole];
            jumps[hole] = found;
            hole = behind;
        }
        return found < end ? entries[found] : null;
    }

    private void makeRoom() {
        if (size > entries.length - entries.length / 4) {
            resize(Math.multiplyExact(2, entries.length));
        } else {
            resize(Math.max(LEAST_CAPACITY, Math.min(entries.length, 2 * size)));
        }
    }

    private void resize(final int capacity) {
        final Entry[] target = capacity == entries.length ? entries : new Entry[capacity];
        int kept = 0;
        for (int i = 0; i < end; i++) {
            final Entry entry = entries[i];
            if (entry != null) {
                target[kept] = entry;
                entry.index = kept++;
            }
        }
        Arrays.fill(target, kept, target.length, null);
        entries = target;
        numbers = new long[capacity];
        jumps = new int[capacity];
        for (int i = 0; i < kept; i++) {
            numbers[i] = entries[i].number;
        }
        end = kept;
    }
}
