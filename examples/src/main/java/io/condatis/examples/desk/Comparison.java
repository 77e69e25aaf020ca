package io.condatis.examples.desk;

import io.condatis.examples.desk.book.Book;
import io.condatis.examples.desk.book.MinuteVwap;
import io.condatis.examples.desk.book.SequentialBook;
import io.condatis.examples.desk.market.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds what the desk found against what one loop over the same trades finds. */
final class Comparison {
    private final List<String> differences = new ArrayList<>();

    private Comparison() {}

    /** {@return a line for each difference, with both sides of it} */
    static List<String> differences(
            final SequentialBook expected, final Book book, final Map<String, MinuteVwap> vwaps) {
        final Comparison comparison = new Comparison();
        for (final Side side : Side.values()) {
            comparison.compare(
                    side.word(), expected.totals(side), book.totals(side).exact());
        }
        comparison.compare("last", expected.last(), book.prices().last());
        comparison.compare("high", expected.high(), book.prices().high());
        comparison.compare("low", expected.low(), book.prices().low());
        comparison.compareMinutes(expected, vwaps);
        return comparison.differences;
    }

    private void compareMinutes(final SequentialBook expected, final Map<String, MinuteVwap> vwaps) {
        final SortedMap<String, MinuteVwap> minutes = new TreeMap<>();
        expected.minutes().forEach((minute, sums) -> minutes.put(MinuteVwap.key(minute), MinuteVwap.of(sums)));
        final TreeSet<String> keys = new TreeSet<>(minutes.keySet());
        keys.addAll(vwaps.keySet());
        keys.forEach(key -> compare("minute " + key, minutes.get(key), vwaps.get(key)));
    }

    private void compare(final String what, final Object expected, final Object found) {
        if (!Objects.equals(expected, found)) {
            differences.add("DIFFERENCE in " + what + ": expected " + expected + ", found " + found);
        }
    }
}
