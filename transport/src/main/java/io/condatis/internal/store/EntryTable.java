package io.condatis.internal.store;

import org.agrona.DirectBuffer;

/** Finds entries by their keys: open addressing, linear probing, at most two thirds full. */
final class EntryTable {
    private static final int LEAST_SLOTS = 16;

    private final KeyHash keyHash;
    private Entry[] slots = new Entry[LEAST_SLOTS];
    private int size;

    EntryTable(final KeyHash keyHash) {
        this.keyHash = keyHash;
    }

    int size() {
        return size;
    }

    int hash(final DirectBuffer key) {
        return keyHash.hash(key, 0, key.capacity());
    }

    /** {@return the entry of a key, or null} */
    Entry get(final DirectBuffer key, final int hash) {
        final int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != null; i = (i + 1) & mask) {
            final Entry entry = slots[i];
            if (entry.hash == hash && entry.hasKey(key, 0, key.capacity())) {
                return entry;
            }
        }
        return null;
    }

    /** Add an entry whose key is not there. */
    void add(final Entry entry) {
        if (3 * (size + 1L) > 2L * slots.length) {
            grow();
        }
        place(entry);
        size++;
    }

    /** Remove an entry that is there. */
    void remove(final Entry entry) {
        final int mask = slots.length - 1;
        int hole = entry.hash & mask;
        while (slots[hole] != entry) {
            hole = (hole + 1) & mask;
        }
        slots[hole] = null;
        size--;
        for (int i = (hole + 1) & mask; slots[i] != null; i = (i + 1) & mask) {
            final int home = slots[i].hash & mask;
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                slots[hole] = slots[i];
                slots[i] = null;
                hole = i;
            }
        }
    }

    void clear() {
        slots = new Entry[LEAST_SLOTS];
        size = 0;
    }

    private void grow() {
        final Entry[] old = slots;
        slots = new Entry[Math.multiplyExact(2, old.length)];
        for (final Entry entry : old) {
            if (entry != null) {
                place(entry);
            }
        }
    }

    private void place(final Entry entry) {
        final int mask = slots.length - 1;
        int i = entry.hash & mask;
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        slots[i] = entry;
    }
}
