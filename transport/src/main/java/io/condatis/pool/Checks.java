package io.condatis.pool;

import java.time.Duration;
import java.util.Objects;

/** Arguments of options. */
final class Checks {
    /** 292 years: what a number of nanoseconds can say. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Checks() {}

    static int atLeast(final int least, final int value, final String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + "=" + value + " of a pool must be at least " + least);
        }
        return value;
    }

    static Duration positive(final Duration value, final String name) {
        Objects.requireNonNull(value, name);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + "=" + value + " of a pool must be more than zero");
        }
        return value.compareTo(LONGEST) > 0 ? LONGEST : value;
    }
}
