package io.condatis.internal.client;

import java.util.Arrays;

/** Deliveries that the application holds, oldest first, and the thread that took each. Not thread-safe. */
final class Unacknowledged {
    private static final int INITIAL_CAPACITY = 8;

    private int[] sequences = new int[INITIAL_CAPACITY];
    private long[] threads = new long[INITIAL_CAPACITY];
    private int count;

    void add(final int sequence, final long thread) {
        if (count == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * count);
            threads = Arrays.copyOf(threads, 2 * count);
        }
        sequences[count] = sequence;
        threads[count] = thread;
        count++;
    }

    int count() {
        return count;
    }

    /** The oldest of a thread, or the oldest of all when that thread took none; there is at least one. */
    int removeOldest(final long thread) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (threads[i] == thread) {
                found = i;
                break;
            }
        }
        final int sequence = sequences[found];
        count--;
        System.arraycopy(sequences, found + 1, sequences, found, count - found);
        System.arraycopy(threads, found + 1, threads, found, count - found);
        return sequence;
    }
}
