package io.condatis.examples.desk.book;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A signed 128-bit number in two's complement: what exact sums of products of two longs need.
 *
 * @param high the upper 64 bits, with the sign
 * @param low the lower 64 bits
 */
public record Int128(long high, long low) {
    /** Nothing. */
    public static final Int128 ZERO = new Int128(0, 0);

    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(Long.SIZE);

    /**
     * A long, widened.
     *
     * @param value any
     * @return the same number
     */
    public static Int128 of(final long value) {
        return new Int128(value >> (Long.SIZE - 1), value);
    }

    /**
     * The whole product of two longs; it always fits.
     *
     * @param a any
     * @param b any
     * @return a times b
     */
    public static Int128 product(final long a, final long b) {
        return new Int128(Math.multiplyHigh(a, b), a * b);
    }

    /**
     * A sum that never wraps.
     *
     * @param other what to add
     * @return the sum
     * @throws ArithmeticException when it does not fit 128 bits
     */
    public Int128 plus(final Int128 other) {
        final long lowSum = low + other.low;
        final long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
        final long highSum = high + other.high + carry;
        if (((high ^ highSum) & (other.high ^ highSum)) < 0) {
            throw new ArithmeticException("a sum does not fit 128 bits");
        }
        return new Int128(highSum, lowSum);
    }

    /**
     * The number as a count of decimal units.
     *
     * @param places how many digits stand after the point
     * @return this number divided by 10 to the power of places
     */
    public BigDecimal toBigDecimal(final int places) {
        final BigInteger unsignedLow = BigInteger.valueOf(low).mod(WORD);
        return new BigDecimal(BigInteger.valueOf(high).multiply(WORD).add(unsignedLow), places);
    }
}
