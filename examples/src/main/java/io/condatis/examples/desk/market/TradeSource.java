package io.condatis.examples.desk.market;

import java.io.Serializable;

/** Where trades come from. A source is a small value: every process that gets it reads the same trades from it. */
public interface TradeSource extends Serializable {
    /**
     * Start reading at the first trade.
     *
     * @return a reader that the caller closes
     * @throws BadInputException when there is nothing that could be read
     */
    TradeReader open();

    /** {@return how a message to the user names it} */
    String describe();
}
