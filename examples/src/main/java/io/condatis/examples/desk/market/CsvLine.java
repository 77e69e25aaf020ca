package io.condatis.examples.desk.market;

import java.util.ArrayList;
import java.util.List;

/** Splits one line of CSV: commas, fields in double quotes, a doubled quote for a quote. */
final class CsvLine {
    private final String line;
    private int position;

    private CsvLine(final String line) {
        this.line = line;
    }

    /**
     * The fields of a line, without quotes and outer blanks.
     *
     * @throws IllegalArgumentException when a quote is not closed or text follows a closing quote
     */
    static List<String> split(final String line) {
        final CsvLine rest = new CsvLine(line);
        final List<String> fields = new ArrayList<>();
        do {
            fields.add(rest.field());
        } while (rest.skipComma());
        return fields;
    }

    private String field() {
        skipBlanks();
        return position < line.length() && line.charAt(position) == '"' ? quotedField() : plainField();
    }

    private String plainField() {
        final int comma = line.indexOf(',', position);
        final int end = comma < 0 ? line.length() : comma;
        final String field = line.substring(position, end).trim();
        position = end;
        return field;
    }

    private String quotedField() {
        final StringBuilder field = new StringBuilder();
        position++;
        for (int quote = closing(); ; quote = closing()) {
            field.append(line, position, quote);
            position = quote + 1;
            if (position >= line.length() || line.charAt(position) != '"') {
                break;
            }
            field.append('"');
            position++;
        }
        skipBlanks();
        if (position < line.length() && line.charAt(position) != ',') {
            throw new IllegalArgumentException("expected a comma after the closing quote in column " + (position + 1));
        }
        return field.toString();
    }

    private int closing() {
        final int quote = line.indexOf('"', position);
        if (quote < 0) {
            throw new IllegalArgumentException("expected a closing quote");
        }
        return quote;
    }

    private void skipBlanks() {
        while (position < line.length() && line.charAt(position) == ' ') {
            position++;
        }
    }

    private boolean skipComma() {
        final boolean more = position < line.length();
        position++;
        return more;
    }
}
