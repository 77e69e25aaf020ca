package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.Decimals;
import io.condatis.examples.desk.market.MarketTrade;
import io.condatis.examples.desk.market.Side;
import java.io.Serializable;

/**
 * A trade as it travels on the queue.
 *
 * @param sequence its number in the input, from 0; what makes a redelivered trade recognisable
 * @param side the aggressor
 * @param price in units of {@link Decimals}
 * @param amount in units of {@link Decimals}
 * @param minute the minute in which it happened, counted from 1970
 * @param putNs when it was (or should have been) put on the queue; {@link System#nanoTime()}, which on Linux is one
 *     clock for all processes of a host
 */
public record Trade(long sequence, Side side, long price, long amount, long minute, long putNs)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long END_SEQUENCE = -1;

    /** What a worker takes for the word that there are no more trades. */
    public static final Trade END = new Trade(END_SEQUENCE, Side.BUY, 0, 0, 0, 0);

    /**
     * A trade of the input, ready for the queue.
     *
     * @param sequence its number
     * @param trade what the input says
     * @param putNs when it is put
     * @return the same trade in scaled longs
     */
    public static Trade of(final long sequence, final MarketTrade trade, final long putNs) {
        return new Trade(
                sequence,
                trade.side(),
                Decimals.scaled(trade.price()),
                Decimals.scaled(trade.amount()),
                trade.minute(),
                putNs);
    }

    /** {@return whether this is {@link #END}} */
    public boolean isEnd() {
        return sequence == END_SEQUENCE;
    }

    /** {@return the price as the nearest double} */
    public double priceAsDouble() {
        return Decimals.unscaled(price).doubleValue();
    }
}
