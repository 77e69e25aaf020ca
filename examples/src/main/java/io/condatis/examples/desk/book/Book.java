package io.condatis.examples.desk.book;

import io.condatis.SharedObjects;
import io.condatis.examples.desk.market.Side;
import io.condatis.sync.Hold;
import io.condatis.sync.SharedLock;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;

/**
 * Exact sums per side and minute in shared memory. Any number of processes enter trades into them under a lock, and any
 * of them may be killed with SIGKILL at any moment.
 *
 * <p>Two things make a trade count exactly once. The undo record makes a change whole: it is either complete, or the
 * next holder of the lock takes it back. The done bit, part of the same change, makes it single: the queue delivers a
 * trade again when its taker died, and a trade whose bit is set is not entered again.
 */
public final class Book {
    /** Steps that entering a trade takes at least, two more when it is the last so far. */
    public static final int STEPS = 43;

    /** The step that changes the first word; those before it write the undo record. */
    public static final int FIRST_CHANGE = 29;

    /** Two rows, the last trade and one word of done bits. */
    private static final int CHANGED_WORDS = 2 * Rows.LENGTH + BookLayout.LAST_LENGTH + 1;

    private final BookLayout layout;
    private final Section section;
    private final SharedLock lock;
    private final LongArray words;
    private final UndoRecord undo;
    private final Rows rows;
    private final Prices prices;
    private final LongValue recoveries;
    private final LongValue repairs;

    /**
     * Find the book in shared memory, or make it there.
     *
     * @param shared where it lives
     * @param layout its shape, the same in every process
     * @param checkpoint told of every step in the critical section
     */
    public Book(final SharedObjects shared, final BookLayout layout, final Checkpoint checkpoint) {
        this.layout = layout;
        section = new Section(checkpoint);
        lock = shared.lock("book.lock");
        words = shared.longArray("book.words", layout.length());
        undo = new UndoRecord(shared.longArray("book.undo", UndoRecord.length(CHANGED_WORDS)), words, section);
        rows = new Rows(words, section);
        prices = new Prices(shared);
        recoveries = shared.longValue("book.recoveries", 0);
        repairs = shared.longValue("book.repairs", 0);
    }

    /**
     * Enter a trade, once.
     *
     * @param trade one of the layout's trades
     * @return false when it was entered before
     * @throws ArithmeticException when a sum would not fit; nothing is changed
     */
    public boolean enter(final Trade trade) {
        final double price = trade.priceAsDouble();
        // Before the lock: whoever finds the done bit set knows that this is done as well.
        prices.seen(price);
        try (Hold held = lock.hold()) {
            section.begin(trade.sequence());
            if (held.abandoned()) {
                repair();
            }
            if (isDone(trade)) {
                return false;
            }
            changeOrTakeBack(trade, price);
            return true;
        }
    }

    /** What a kill leaves to the next holder of the lock, an exception leaves to us: nobody else would be told. */
    private void changeOrTakeBack(final Trade trade, final double price) {
        try {
            change(trade, price);
        } catch (final RuntimeException | Error e) {
            undo.restore();
            publishLast();
            throw e;
        }
    }

    private void change(final Trade trade, final double price) {
        final int sideRow = BookLayout.sideRow(trade.side());
        final int minuteRow = layout.minuteRow(trade.minute());
        final int doneWord = layout.doneWord(trade.sequence());
        final Totals side = rows.get(sideRow).plus(trade);
        final Totals minute = rows.get(minuteRow).plus(trade);

        undo.begin(trade.sequence());
        undo.remember(sideRow, Rows.LENGTH);
        undo.remember(minuteRow, Rows.LENGTH);
        undo.remember(BookLayout.LAST_SEQUENCE, BookLayout.LAST_LENGTH);
        undo.remember(doneWord, 1);
        undo.activate();

        rows.store(sideRow, side);
        rows.store(minuteRow, minute);
        if (trade.sequence() >= words.get(BookLayout.LAST_SEQUENCE)) {
            section.store(words, BookLayout.LAST_SEQUENCE, trade.sequence() + 1);
            section.store(words, BookLayout.LAST_PRICE, Double.doubleToRawLongBits(price));
        }
        section.store(words, doneWord, words.get(doneWord) | BookLayout.doneBit(trade.sequence()));
        undo.clear();

        section.step();
        publishLast();
        section.step();
    }

    /** The holder before us was killed inside: take back what it did not finish. */
    private void repair() {
        recoveries.incrementAndGet();
        if (undo.restore()) {
            repairs.incrementAndGet();
        }
        publishLast();
        lock.markConsistent();
    }

    private void publishLast() {
        if (words.get(BookLayout.LAST_SEQUENCE) > 0) {
            prices.publishLast(Double.longBitsToDouble(words.get(BookLayout.LAST_PRICE)));
        }
    }

    private boolean isDone(final Trade trade) {
        return (words.get(layout.doneWord(trade.sequence())) & BookLayout.doneBit(trade.sequence())) != 0;
    }

    private Totals snapshot(final int row) {
        try (Hold held = lock.hold()) {
            if (held.abandoned()) {
                section.begin(Checkpoint.NO_TRADE);
                repair();
            }
            return rows.get(row);
        }
    }

    /**
     * The sums over one side.
     *
     * @param side which
     * @return a snapshot
     */
    public Totals totals(final Side side) {
        return snapshot(BookLayout.sideRow(side));
    }

    /**
     * The sums over one minute.
     *
     * @param minute counted from 1970, within the layout
     * @return a snapshot
     */
    public Totals totals(final long minute) {
        return snapshot(layout.minuteRow(minute));
    }

    /** {@return how many trades are in the sums; takes no lock, so a change in progress may count already} */
    public long entered() {
        long trades = 0;
        for (final Side side : Side.values()) {
            trades += words.get(BookLayout.sideRow(side));
        }
        return trades;
    }

    /** {@return last, high and low} */
    public Prices prices() {
        return prices;
    }

    /** {@return how often the lock was taken over from a dead process} */
    public long recoveries() {
        return recoveries.get();
    }

    /** {@return how often the undo record was put back} */
    public long repairs() {
        return repairs.get();
    }
}
