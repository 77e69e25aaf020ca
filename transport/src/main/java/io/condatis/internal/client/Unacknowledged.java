package io.condatis.internal.client;

/**
 * Deliveries that the application holds, in the order of their sequences, and the thread that took each. Not thread-safe.
 */
final class Unacknowledged {
    private static final int INITIAL_CAPACITY = 16;

    private int[] sequences = new int[INITIAL_CAPACITY];
    private long[] threads = new long[INITIAL_CAPACITY];
    private int head;
    private int count;

    void add(final int sequence, final long thread) {
        if (head + count == sequences.length) {
            make();
        }
        sequences[head + count] = sequence;
        threads[head + count] = thread;
        count++;
    }

    int count() {
        return count;
    }

    /** The oldest of all; there is at least one. */
    int oldest() {
        return sequences[head];
    }

    int get(final int index) {
        return sequences[head + index];
    }

    /** The oldest of a thread, or the oldest of all when that thread took none; there is at least one. */
    int oldestOf(final long thread) {
        for (int i = head; i < head + count; i++) {
            if (threads[i] == thread) {
                return sequences[i];
            }
        }
        return sequences[head];
    }

    /** Remove a delivery. */
    void remove(final int sequence) {
        int found = head;
        while (sequences[found] != sequence) {
            found++;
        }
        System.arraycopy(sequences, head, sequences, head + 1, found - head);
        System.arraycopy(threads, head, threads, head + 1, found - head);
        head++;
        count--;
        if (count == 0) {
            head = 0;
        }
    }

    private void make() {
        final int[] oldSequences = sequences;
        final long[] oldThreads = threads;
        if (count >= sequences.length / 2) {
            sequences = new int[2 * count];
            threads = new long[2 * count];
        }
        System.arraycopy(oldSequences, head, sequences, 0, count);
        System.arraycopy(oldThreads, head, threads, 0, count);
        head = 0;
    }
}
