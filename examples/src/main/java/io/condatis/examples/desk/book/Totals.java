package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.Decimals;

/**
 * Exact sums over some trades.
 *
 * @param trades how many
 * @param amount their amounts, in units of {@link Decimals}
 * @param notional price times amount, in units of 10<sup>-24</sup>
 */
public record Totals(long trades, Int128 amount, Int128 notional) {
    /** The largest notional, in whole units, that fits. */
    public static final long LIMIT = 170_141_183_460_469L;

    /** The sums over no trades. */
    public static final Totals NONE = new Totals(0, Int128.ZERO, Int128.ZERO);

    /**
     * The sums with one more trade.
     *
     * @param trade what to add
     * @return the new sums
     * @throws ArithmeticException when they do not fit
     */
    public Totals plus(final Trade trade) {
        return new Totals(
                Math.addExact(trades, 1),
                amount.plus(Int128.of(trade.amount())),
                notional.plus(Int128.product(trade.price(), trade.amount())));
    }

    /** {@return the same sums as decimal numbers} */
    public Sums exact() {
        return new Sums(trades, amount.toBigDecimal(Decimals.PLACES), notional.toBigDecimal(2 * Decimals.PLACES));
    }
}
