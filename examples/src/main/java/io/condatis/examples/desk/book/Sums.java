package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.Decimals;
import io.condatis.examples.desk.market.MarketTrade;
import java.math.BigDecimal;

/**
 * Sums as decimal numbers, in a form in which equal numbers are equal objects.
 *
 * @param trades how many
 * @param amount their amounts
 * @param notional price times amount
 */
public record Sums(long trades, BigDecimal amount, BigDecimal notional) {
    /** The sums over no trades. */
    public static final Sums NONE = new Sums(0, BigDecimal.ZERO, BigDecimal.ZERO);

    /** Drops trailing zeros, which make BigDecimals differ that are the same number. */
    public Sums {
        amount = amount.stripTrailingZeros();
        notional = notional.stripTrailingZeros();
    }

    /**
     * The sums with one more trade.
     *
     * @param trade what to add
     * @return the new sums
     */
    public Sums plus(final MarketTrade trade) {
        return new Sums(
                trades + 1,
                amount.add(trade.amount()),
                notional.add(trade.price().multiply(trade.amount())));
    }

    @Override
    public String toString() {
        return trades + " trades, amount " + Decimals.plain(amount) + ", notional " + Decimals.plain(notional);
    }
}
