package io.condatis.examples.desk;

import io.condatis.examples.desk.book.Book;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One kill of the plan.
 *
 * @param place where the worker is to be killed
 * @param sequence the trade at which it happens: inside, that very one; else when so many are entered
 * @param releaseUpTo trades that the feed may put before this kill has happened
 * @param step inside: before which step of the section
 * @param victim else: which of the workers, to be taken modulo their number
 * @param delayNs else: how long to wait first
 */
record Kill(Place place, long sequence, long releaseUpTo, int step, int victim, long delayNs) {
    private static final int MAX_DELAY_NS = 2_000_000;

    /** Where a worker is killed. */
    enum Place {
        /** In the critical section, in the middle of its changes. */
        INSIDE,
        /** Wherever it happens to be. */
        ANYWHERE
    }

    /**
     * Kills spread over the run. The trades are divided into one part more than there are kills; each kill happens in a
     * part of its own, and the feed does not begin the next part before it: so the trades never run out too early.
     */
    static List<Kill> plan(final long seed, final int kills, final int trades) {
        final Random random = new Random(seed);
        final List<Kill> plan = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            final long begin = partBegin(i, kills, trades);
            final long end = partBegin(i + 1, kills, trades);
            plan.add(new Kill(
                    random.nextBoolean() ? Place.INSIDE : Place.ANYWHERE,
                    begin + random.nextInt(Math.toIntExact(end - begin)),
                    end,
                    Book.FIRST_CHANGE + random.nextInt(Book.STEPS - Book.FIRST_CHANGE),
                    random.nextInt(Integer.MAX_VALUE),
                    random.nextInt(MAX_DELAY_NS)));
        }
        return plan;
    }

    private static long partBegin(final int part, final int kills, final int trades) {
        return (long) trades * part / (kills + 1);
    }
}
