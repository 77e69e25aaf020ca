package io.condatis.examples.desk.book;

import io.condatis.SharedObjects;
import io.condatis.value.DoubleValue;

/** The last, highest and lowest price, for everybody to read without the lock. */
public final class Prices {
    private final DoubleValue last;
    private final DoubleValue high;
    private final DoubleValue low;

    Prices(final SharedObjects shared) {
        last = shared.doubleValue("price.last", Double.NaN);
        high = shared.doubleValue("price.high", Double.NEGATIVE_INFINITY);
        low = shared.doubleValue("price.low", Double.POSITIVE_INFINITY);
    }

    /** To say this again about the same price changes nothing, so it needs neither the lock nor the undo record. */
    void seen(final double price) {
        high.accumulateAndGet(price, Math::max);
        low.accumulateAndGet(price, Math::min);
    }

    /** By the holder of the lock: a copy of the book's own word, which the undo record covers. */
    void publishLast(final double price) {
        last.set(price);
    }

    /** {@return the price of the trade with the highest sequence so far, or NaN} */
    public double last() {
        return last.get();
    }

    /** {@return the highest price so far, or minus infinity} */
    public double high() {
        return high.get();
    }

    /** {@return the lowest price so far, or infinity} */
    public double low() {
        return low.get();
    }
}
