package io.condatis.examples.desk.market;

import java.util.Locale;

/** Which side of a trade was the aggressor. */
public enum Side {
    /** A buyer took an offer. */
    BUY,
    /** A seller hit a bid. */
    SELL;

    /** {@return the word used for it in files and tables} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Side parse(final String word) {
        for (final Side side : values()) {
            if (side.word().equalsIgnoreCase(word)) {
                return side;
            }
        }
        throw new IllegalArgumentException("expected side buy or sell");
    }
}
