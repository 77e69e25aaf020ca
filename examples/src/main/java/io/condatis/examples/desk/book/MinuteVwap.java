package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.Decimals;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * The mean price of a minute, weighted by amount, and what it was computed from; the value of a manager's dict.
 *
 * @param trades how many
 * @param amount exact digits
 * @param notional exact digits
 * @param vwap notional divided by amount, eight decimals, half even
 */
public record MinuteVwap(long trades, String amount, String notional, String vwap) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int VWAP_PLACES = 8;
    private static final long SECONDS_PER_MINUTE = 60;

    /**
     * From exact sums.
     *
     * @param sums of at least one trade
     * @return the record for the dict
     */
    public static MinuteVwap of(final Sums sums) {
        final BigDecimal vwap = sums.notional().divide(sums.amount(), VWAP_PLACES, RoundingMode.HALF_EVEN);
        return new MinuteVwap(
                sums.trades(), Decimals.plain(sums.amount()), Decimals.plain(sums.notional()), vwap.toPlainString());
    }

    /**
     * The key under which a minute stands in the dict.
     *
     * @param minute counted from 1970
     * @return for example {@code 2023-09-05T16:00:00Z}
     */
    public static String key(final long minute) {
        return Instant.ofEpochSecond(minute * SECONDS_PER_MINUTE).toString();
    }

    /**
     * Of two snapshots of the same minute, the one taken later. Sums only grow, so it is the one with more trades: this
     * makes publishing safe whatever the order in which snapshots arrive.
     *
     * @param other the other snapshot
     * @return this one or the other
     */
    public MinuteVwap later(final MinuteVwap other) {
        return other.trades > trades ? other : this;
    }
}
