package io.condatis.examples.desk.book;

import io.condatis.examples.desk.market.Side;
import java.io.Serializable;

/**
 * Which long of the book's array is what. Everything that one trade changes is in this one array, so that one undo
 * record of pairs (index, old value) covers it.
 * <pre>
 *  +-----------------+----------------------------------------------------------+
 *  | last sequence   | highest sequence applied, plus 1; 0 = none yet           |
 *  | last price      | its price, as the bits of a double                       |
 *  +-----------------+----------------------------------------------------------+
 *  | row of BUY      | trades, amount high, amount low, notional high, low      |
 *  | row of SELL     | likewise                                                 |
 *  +-----------------+----------------------------------------------------------+
 *  | row of a minute | likewise; one for each minute from the first to the last |
 *  +-----------------+----------------------------------------------------------+
 *  | done bits       | bit s of them is set: trade s is in the sums             |
 *  +-----------------+----------------------------------------------------------+
 * </pre>
 *
 * @param firstMinute the earliest minute of the input, counted from 1970
 * @param minutes how many minutes there are up to the last one
 * @param trades how many trades the input has
 */
public record BookLayout(long firstMinute, int minutes, int trades) implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int LAST_SEQUENCE = 0;
    static final int LAST_PRICE = 1;
    static final int LAST_LENGTH = 2;

    private static final int FIRST_ROW = LAST_LENGTH;
    private static final int SIDES = Side.values().length;

    /** {@return how many longs the book has} */
    public int length() {
        return firstDoneWord() + (trades + Long.SIZE - 1) / Long.SIZE;
    }

    /**
     * Whether a trade has its place in the book.
     *
     * @param trade any
     * @return false when its sequence or minute lies outside
     */
    public boolean accepts(final Trade trade) {
        final long minute = trade.minute() - firstMinute;
        return trade.sequence() < trades && minute >= 0 && minute < minutes;
    }

    static int sideRow(final Side side) {
        return FIRST_ROW + side.ordinal() * Rows.LENGTH;
    }

    int minuteRow(final long minute) {
        return FIRST_ROW + (SIDES + Math.toIntExact(minute - firstMinute)) * Rows.LENGTH;
    }

    int doneWord(final long sequence) {
        return firstDoneWord() + Math.toIntExact(sequence / Long.SIZE);
    }

    static long doneBit(final long sequence) {
        return 1L << sequence;
    }

    private int firstDoneWord() {
        return FIRST_ROW + (SIDES + minutes) * Rows.LENGTH;
    }
}
