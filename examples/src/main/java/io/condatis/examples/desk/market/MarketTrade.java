package io.condatis.examples.desk.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One trade exactly as the input states it.
 *
 * @param side the aggressor
 * @param price above zero, within the limits of {@link Decimals}
 * @param amount above zero, within the limits of {@link Decimals}
 * @param time when it happened
 */
public record MarketTrade(Side side, BigDecimal price, BigDecimal amount, Instant time) {
    private static final int SECONDS_PER_MINUTE = 60;

    /** {@return the minute in which it happened, counted from 1970-01-01T00:00Z} */
    public long minute() {
        return Math.floorDiv(time.getEpochSecond(), SECONDS_PER_MINUTE);
    }
}
