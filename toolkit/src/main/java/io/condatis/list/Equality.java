package io.condatis.list;

import java.util.Arrays;

/** Whether two items are equal for CPython: numbers by value, whatever their type, and bytes by content. */
final class Equality {
    private Equality() {}

    static boolean holds(final Object item, final Object other) {
        if (item == null || other == null) {
            return item == other;
        }
        if (item instanceof byte[] bytes) {
            return other instanceof byte[] otherBytes && Arrays.equals(bytes, otherBytes);
        }
        final Number number = numberOf(item);
        final Number otherNumber = numberOf(other);
        return number == null || otherNumber == null ? item.equals(other) : areEqual(number, otherNumber);
    }

    /** A {@code Long} or a {@code Double}; null when it is no number. */
    private static Number numberOf(final Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte
                ? (Number) ((Number) value).longValue()
                : null;
    }

    private static boolean areEqual(final Number one, final Number other) {
        if (one instanceof Long && other instanceof Long) {
            return one.longValue() == other.longValue();
        }
        return one.doubleValue() == other.doubleValue() && one.longValue() == other.longValue();
    }
}
