package io.condatis.examples.desk.market;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Which field of a line is what, as the header says; other columns are ignored. */
final class CsvColumns {
    private static final List<String> NAMES = List.of("symbol", "side", "price", "amount", "timestamp");
    private static final int SYMBOL = 0;
    private static final int SIDE = 1;
    private static final int PRICE = 2;
    private static final int AMOUNT = 3;
    private static final int TIMESTAMP = 4;
    private static final int MOST_SHOWN = 40;

    private final int[] indices;
    private final int width;
    private String symbol;

    private CsvColumns(final int[] indices, final int width) {
        this.indices = indices;
        this.width = width;
    }

    static CsvColumns ofHeader(final String header) {
        final List<String> fields = CsvLine.split(header.startsWith("\uFEFF") ? header.substring(1) : header);
        final List<String> found =
                fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        for (final String name : NAMES) {
            if (found.indexOf(name) < 0 || found.indexOf(name) != found.lastIndexOf(name)) {
                throw new IllegalArgumentException(
                        "expected a header with the columns " + String.join(", ", NAMES) + ", each of them once");
            }
        }
        return new CsvColumns(NAMES.stream().mapToInt(found::indexOf).toArray(), fields.size());
    }

    MarketTrade parse(final String line) {
        final List<String> fields = CsvLine.split(line);
        if (fields.size() != width) {
            throw new IllegalArgumentException("expected " + width + " fields, found " + fields.size());
        }
        final MarketTrade trade = new MarketTrade(
                read(fields.get(indices[SIDE]), Side::parse),
                read(fields.get(indices[PRICE]), text -> Decimals.parse("price", text)),
                read(fields.get(indices[AMOUNT]), text -> Decimals.parse("amount", text)),
                read(fields.get(indices[TIMESTAMP]), CsvColumns::instant));
        checkSymbol(fields.get(indices[SYMBOL]));
        return trade;
    }

    /** What is wrong with a field is said together with what is in it. */
    private static <T> T read(final String text, final Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", found " + shown(text), e);
        }
    }

    /** For a terminal: neither long nor with characters that do something to it. */
    private static String shown(final String text) {
        final String start = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
        return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    /** One desk trades one thing: a mean price over two of them would mean nothing. */
    private void checkSymbol(final String found) {
        if (found.isEmpty() || found.chars().anyMatch(c -> c < ' ' || c == '\uFFFD')) {
            throw new IllegalArgumentException("expected a symbol in UTF-8");
        }
        if (symbol == null) {
            symbol = found;
        }
        if (!symbol.equals(found)) {
            throw new IllegalArgumentException(
                    "expected symbol " + symbol + " as in the lines before, found " + shown(found));
        }
    }

    private static Instant instant(final String text) {
        try {
            return Instant.parse(text);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException("expected timestamp to look like 2023-09-05T16:00:01.281719Z", e);
        }
    }
}
