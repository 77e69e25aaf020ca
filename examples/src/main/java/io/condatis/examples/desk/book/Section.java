package io.condatis.examples.desk.book;

import io.condatis.value.LongArray;

/**
 * The steps of one critical section, one after the other. A process may be killed before, between and after any two
 * of them; {@link LongArray#set} keeps them in this order for every other process.
 */
final class Section {
    private final Checkpoint checkpoint;
    private long sequence;
    private int steps;

    Section(final Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    void begin(final long trade) {
        sequence = trade;
        steps = 0;
    }

    void store(final LongArray array, final int index, final long value) {
        step();
        array.set(index, value);
    }

    void step() {
        checkpoint.reached(sequence, steps);
        steps++;
    }
}
