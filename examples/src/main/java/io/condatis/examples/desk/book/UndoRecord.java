package io.condatis.examples.desk.book;

import io.condatis.value.LongArray;

/**
 * The old values of the words that a critical section is about to change, kept in shared memory: whoever gets the lock
 * after a death puts them back.
 * <pre>
 *  +---------+----------------------------------------------------+
 *  | state   | IDLE, or ACTIVE while the words below may differ   |
 *  | trade   | its sequence, for people who look at a dump        |
 *  | words   | how many pairs follow                              |
 *  +---------+----------------------------------------------------+
 *  | index   | of a word in the book                              |  words times
 *  | old     | what it held before                                |
 *  +---------+----------------------------------------------------+
 * </pre>
 *
 * <p>The order of the stores is all there is to it. First the pairs are written, while the state is IDLE: killed here,
 * nothing was changed. Then the state becomes ACTIVE, and only then the words change: killed here, the pairs are
 * complete and are put back. At last the state becomes IDLE again: killed after that, the change is complete. Putting
 * back may itself be cut short by a kill, at any point; it is then simply done again.
 */
final class UndoRecord {
    private static final int STATE = 0;
    private static final int TRADE = 1;
    private static final int WORDS = 2;
    private static final int FIRST_PAIR = 3;

    private static final long IDLE = 0;
    private static final long ACTIVE = 1;

    private final LongArray record;
    private final LongArray book;
    private final Section section;
    private int words;

    UndoRecord(final LongArray record, final LongArray book, final Section section) {
        this.record = record;
        this.book = book;
        this.section = section;
    }

    /** How many longs a record for so many words takes. */
    static int length(final int words) {
        return FIRST_PAIR + 2 * words;
    }

    void begin(final long trade) {
        words = 0;
        section.store(record, TRADE, trade);
    }

    void remember(final int firstIndex, final int count) {
        for (int index = firstIndex; index < firstIndex + count; index++) {
            final int pair = FIRST_PAIR + 2 * words++;
            section.store(record, pair, index);
            section.store(record, pair + 1, book.get(index));
        }
    }

    void activate() {
        section.store(record, WORDS, words);
        section.store(record, STATE, ACTIVE);
    }

    void clear() {
        section.store(record, STATE, IDLE);
    }

    /** For the next holder of the abandoned lock: puts the old values back if the dead one was in the middle. */
    boolean restore() {
        if (record.get(STATE) != ACTIVE) {
            return false;
        }
        final long pairs = record.get(WORDS);
        for (int i = 0; i < pairs; i++) {
            final int pair = FIRST_PAIR + 2 * i;
            section.store(book, Math.toIntExact(record.get(pair)), record.get(pair + 1));
        }
        clear();
        return true;
    }
}
