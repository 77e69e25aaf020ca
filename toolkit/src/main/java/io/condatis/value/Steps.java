package io.condatis.value;

import java.util.Objects;

/** Every step-th index of a range, up or down. */
final class Steps {
    private Steps() {}

    /** How many there are; all of them are indices of an array of that length. */
    static int count(final int from, final int to, final int step, final int length) {
        if (step == 0) {
            throw new IllegalArgumentException("step=0: it goes up or down.");
        }
        final long distance = step > 0 ? (long) to - from : (long) from - to;
        if (distance <= 0) {
            return 0;
        }
        final long stride = Math.abs((long) step);
        final long count = (distance + stride - 1) / stride;
        Objects.checkIndex(from, length);
        Objects.checkIndex(from + (count - 1) * step, (long) length);
        return (int) count;
    }
}
