package io.condatis.examples.desk.market;

/** Reads trades one after the other; for one thread. */
public interface TradeReader extends AutoCloseable {
    /**
     * The next trade.
     *
     * @return the trade, or null behind the last one
     * @throws BadInputException when the next line is not a trade; reading may go on with the line after it
     */
    MarketTrade next();

    /** {@return where the last trade came from, for a message: a file and a line, say} */
    String position();

    @Override
    void close();
}
