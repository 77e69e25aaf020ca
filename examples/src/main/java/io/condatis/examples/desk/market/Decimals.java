package io.condatis.examples.desk.market;

import java.math.BigDecimal;

/**
 * Decimal numbers as scaled longs: exact, or refused.
 *
 * <p>A number is held as a count of units of 10<sup>-12</sup>. That leaves room for 9,223,372 whole units, and the
 * product of two such numbers fits 128 bits.
 */
public final class Decimals {
    /** Digits after the point that a scaled long keeps. */
    public static final int PLACES = 12;

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE, PLACES);
    private static final int MAX_TEXT = 64;
    private static final int MAX_WHOLE_DIGITS = 7;

    private Decimals() {}

    /**
     * Scale a number.
     *
     * @param number what to scale
     * @return how many units of 10<sup>-12</sup> it is
     * @throws ArithmeticException when that is no whole number or does not fit
     */
    public static long scaled(final BigDecimal number) {
        return number.setScale(PLACES).unscaledValue().longValueExact();
    }

    /**
     * The number behind a scaled long.
     *
     * @param scaled units of 10<sup>-12</sup>
     * @return the same number
     */
    public static BigDecimal unscaled(final long scaled) {
        return BigDecimal.valueOf(scaled, PLACES);
    }

    /**
     * The digits of a number: no exponent, no padding.
     *
     * @param number what to print
     * @return for example {@code 0.00003844}
     */
    public static String plain(final BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** A price or an amount from text; exponents are allowed. */
    static BigDecimal parse(final String what, final String text) {
        final BigDecimal number = parseOrNull(text);
        if (number == null || number.signum() <= 0) {
            throw new IllegalArgumentException("expected " + what + " to be a decimal number above 0");
        }
        // Both bounds come before any arithmetic: 1e999999999 is eleven characters, but a gigabyte of digits.
        if (number.scale() > PLACES) {
            throw new IllegalArgumentException("expected " + what + " to have at most " + PLACES + " decimals");
        }
        if ((long) number.precision() - number.scale() > MAX_WHOLE_DIGITS || number.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("expected " + what + " to be at most " + plain(LARGEST));
        }
        return number;
    }

    private static BigDecimal parseOrNull(final String text) {
        if (text.length() > MAX_TEXT) {
            return null;
        }
        try {
            return new BigDecimal(text).stripTrailingZeros();
        } catch (final NumberFormatException e) {
            return null;
        }
    }
}
