package io.condatis.examples.desk.book;

import io.condatis.value.LongArray;

/** Sums as five words of the book. */
final class Rows {
    /** Trades, amount high and low, notional high and low. */
    static final int LENGTH = 5;

    private static final int AMOUNT = 1;
    private static final int NOTIONAL = 3;

    private final LongArray words;
    private final Section section;

    Rows(final LongArray words, final Section section) {
        this.words = words;
        this.section = section;
    }

    Totals get(final int row) {
        return new Totals(words.get(row), number(row + AMOUNT), number(row + NOTIONAL));
    }

    private Int128 number(final int index) {
        return new Int128(words.get(index), words.get(index + 1));
    }

    void store(final int row, final Totals totals) {
        section.store(words, row, totals.trades());
        storeNumber(row + AMOUNT, totals.amount());
        storeNumber(row + NOTIONAL, totals.notional());
    }

    private void storeNumber(final int index, final Int128 number) {
        section.store(words, index, number.high());
        section.store(words, index + 1, number.low());
    }
}
