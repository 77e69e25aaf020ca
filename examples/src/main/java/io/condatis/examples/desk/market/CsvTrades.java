package io.condatis.examples.desk.market;

import java.nio.file.Path;

/**
 * Trades in a CSV file with a header; the columns symbol, side, price, amount and timestamp may stand in any order.
 *
 * @param file path of the file
 */
public record CsvTrades(String file) implements TradeSource {
    private static final long serialVersionUID = 1L;

    @Override
    public TradeReader open() {
        return CsvReader.open(Path.of(file));
    }

    @Override
    public String describe() {
        return file;
    }
}
