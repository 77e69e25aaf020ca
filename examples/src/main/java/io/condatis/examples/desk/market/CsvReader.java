package io.condatis.examples.desk.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a CSV file line by line and says in which line it found what it did not expect. */
final class CsvReader implements TradeReader {
    private final Path file;
    private static final int LONGEST_LINE = 10_000;

    private final BufferedReader lines;
    private CsvColumns columns;
    private long lineNumber;

    private CsvReader(final Path file, final BufferedReader lines) {
        this.file = file;
        this.lines = lines;
    }

    static CsvReader open(final Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BadInputException(file.toString(), "expected a CSV file that can be read");
        }
        // Not Files.newBufferedReader: it would report wrong bytes for a block of 8 KiB, not for a line.
        final CsvReader reader = new CsvReader(file, buffered(file));
        try {
            reader.readHeader();
            return reader;
        } catch (final BadInputException e) {
            reader.close();
            throw e;
        }
    }

    private static BufferedReader buffered(final Path file) {
        try {
            return new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new BadInputException(file.toString(), "expected a CSV file that can be read (" + e + ")");
        }
    }

    private void readHeader() {
        final String header = nextLine();
        try {
            columns = CsvColumns.ofHeader(header == null ? "" : header);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(position(), e.getMessage());
        }
    }

    @Override
    public MarketTrade next() {
        String line = nextLine();
        while (line != null && line.isBlank()) {
            line = nextLine();
        }
        if (line == null) {
            return null;
        }
        try {
            return columns.parse(line);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(position(), e.getMessage());
        }
    }

    private String nextLine() {
        lineNumber++;
        try {
            return boundedLine();
        } catch (final IOException e) {
            throw new BadInputException(position(), "expected to read on (" + e + ")");
        }
    }

    /** A line as {@link BufferedReader#readLine()} reads it, but never one that could fill the heap. */
    private String boundedLine() throws IOException {
        final StringBuilder line = new StringBuilder(128);
        int next = lines.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.length() == LONGEST_LINE) {
                throw new BadInputException(position(), "expected a line of at most " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
            next = lines.read();
        }
        final int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    @Override
    public String position() {
        return file + ":" + lineNumber;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
