package io.condatis.examples.desk;

import io.condatis.examples.desk.book.Book;
import io.condatis.examples.desk.book.BookLayout;
import io.condatis.examples.desk.book.MinuteVwap;
import io.condatis.examples.desk.book.Totals;
import java.util.concurrent.ConcurrentMap;

/**
 * Publishes the sums of minutes in the manager's dict: a minute when a worker leaves it, all of them at a worker's
 * beginning and end, so that nothing is missing whoever was killed in between.
 */
final class VwapBoard {
    private static final long NONE = Long.MIN_VALUE;

    private final Book book;
    private final BookLayout layout;
    private final ConcurrentMap<String, MinuteVwap> vwaps;
    private long current = NONE;

    VwapBoard(final Book book, final BookLayout layout, final ConcurrentMap<String, MinuteVwap> vwaps) {
        this.book = book;
        this.layout = layout;
        this.vwaps = vwaps;
    }

    void entered(final long minute) {
        if (minute != current && current != NONE) {
            publish(current);
        }
        current = minute;
    }

    void publishAll() {
        for (int i = 0; i < layout.minutes(); i++) {
            publish(layout.firstMinute() + i);
        }
    }

    private void publish(final long minute) {
        final Totals totals = book.totals(minute);
        if (totals.trades() > 0) {
            vwaps.merge(MinuteVwap.key(minute), MinuteVwap.of(totals.exact()), MinuteVwap::later);
        }
    }
}
