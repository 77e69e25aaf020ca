package io.condatis.inspect;

import java.util.Collection;
import java.util.Map;

/** Writes maps, collections, text, numbers, booleans and null as JSON (RFC 8259). */
final class Json {
    private static final String HEX = "0123456789abcdef";

    private Json() {}

    static String text(final Object value) {
        final StringBuilder target = new StringBuilder();
        write(value, target);
        return target.toString();
    }

    private static void write(final Object value, final StringBuilder target) {
        if (value instanceof Map<?, ?> map) {
            writeMap(map, target);
        } else if (value instanceof Collection<?> collection) {
            writeArray(collection, target);
        } else if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            target.append(value);
        } else if (value instanceof Double number) {
            target.append(number.isNaN() || number.isInfinite() ? "null" : number.toString());
        } else {
            writeText(value.toString(), target);
        }
    }

    private static void writeMap(final Map<?, ?> map, final StringBuilder target) {
        String separator = "{";
        for (final Map.Entry<?, ?> entry : map.entrySet()) {
            target.append(separator);
            writeText(entry.getKey().toString(), target);
            target.append(':');
            write(entry.getValue(), target);
            separator = ",";
        }
        target.append(map.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(final Collection<?> collection, final StringBuilder target) {
        String separator = "[";
        for (final Object element : collection) {
            target.append(separator);
            write(element, target);
            separator = ",";
        }
        target.append(collection.isEmpty() ? "[]" : "]");
    }

    private static void writeText(final String text, final StringBuilder target) {
        target.append('"');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                target.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f' || Character.isSurrogate(c)) {
                escape(c, target);
            } else {
                target.append(c);
            }
        }
        target.append('"');
    }

    private static void escape(final char c, final StringBuilder target) {
        target.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            target.append(HEX.charAt(c >>> shift & 0xF));
        }
    }
}
