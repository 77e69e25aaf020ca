package io.condatis.manager;

import io.condatis.value.CType;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Elements of a type of C as little-endian bytes; what does not fit the type is refused. */
final class ArrayForm {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final CType type;

    ArrayForm(final CType type) {
        this.type = type;
    }

    boolean isFloating() {
        return type == CType.FLOAT || type == CType.DOUBLE;
    }

    /** A Java array of primitives for so many elements. */
    Object newArray(final int length) {
        if (type == CType.FLOAT) {
            return new float[length];
        }
        if (type == CType.DOUBLE) {
            return new double[length];
        }
        if (type == CType.BOOLEAN) {
            return new boolean[length];
        }
        return type.isInt() ? new int[length] : new long[length];
    }

    Object get(final DirectBuffer buffer, final int offset) {
        if (type == CType.FLOAT) {
            return buffer.getFloat(offset, ORDER);
        }
        if (type == CType.DOUBLE) {
            return buffer.getDouble(offset, ORDER);
        }
        if (type == CType.BOOLEAN) {
            return buffer.getByte(offset) != 0;
        }
        final long value = getLong(buffer, offset);
        if (type.isInt()) {
            return (int) value;
        }
        return value;
    }

    long getLong(final DirectBuffer buffer, final int offset) {
        return switch (type.size()) {
            case Byte.BYTES -> type.isSigned() ? buffer.getByte(offset) : buffer.getByte(offset) & 0xff;
            case Short.BYTES ->
                type.isSigned() ? buffer.getShort(offset, ORDER) : buffer.getShort(offset, ORDER) & 0xffff;
            case Integer.BYTES ->
                type.isSigned() ? buffer.getInt(offset, ORDER) : buffer.getInt(offset, ORDER) & 0xffff_ffffL;
            default -> buffer.getLong(offset, ORDER);
        };
    }

    double getDouble(final DirectBuffer buffer, final int offset) {
        return type == CType.FLOAT ? buffer.getFloat(offset, ORDER) : buffer.getDouble(offset, ORDER);
    }

    void put(final MutableDirectBuffer buffer, final int offset, final Object value) {
        if (isFloating()) {
            if (!(value instanceof Number number)) {
                throw refused(value, "a number");
            }
            putDouble(buffer, offset, number.doubleValue());
        } else if (type == CType.BOOLEAN) {
            if (!(value instanceof Boolean flag)) {
                throw refused(value, "a Boolean");
            }
            buffer.putByte(offset, (byte) (flag ? 1 : 0));
        } else {
            putLong(buffer, offset, integer(value));
        }
    }

    private long integer(final Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger big) {
            final boolean fits =
                    isUnsignedLong() ? big.signum() >= 0 && big.bitLength() <= Long.SIZE : big.bitLength() < Long.SIZE;
            if (!fits) {
                throw outOfRange(big.toString());
            }
            return big.longValue();
        }
        if (value instanceof Character character && (type == CType.CHAR || type == CType.WIDE_CHAR)) {
            return character;
        }
        throw refused(value, "an integer");
    }

    void putLong(final MutableDirectBuffer buffer, final int offset, final long value) {
        if (!isUnsignedLong() && (value < lowest() || value > highest())) {
            throw outOfRange(Long.toString(value));
        }
        switch (type.size()) {
            case Byte.BYTES -> buffer.putByte(offset, (byte) value);
            case Short.BYTES -> buffer.putShort(offset, (short) value, ORDER);
            case Integer.BYTES -> buffer.putInt(offset, (int) value, ORDER);
            default -> buffer.putLong(offset, value, ORDER);
        }
    }

    void putDouble(final MutableDirectBuffer buffer, final int offset, final double value) {
        if (type == CType.FLOAT) {
            buffer.putFloat(offset, (float) value, ORDER);
        } else {
            buffer.putDouble(offset, value, ORDER);
        }
    }

    /** Append all elements of a Java array from an index on. */
    void putAll(final MutableDirectBuffer buffer, final Object elements, final int from, final int count) {
        for (int i = 0; i < count; i++) {
            put(buffer, i * type.size(), Array.get(elements, from + i));
        }
    }

    private boolean isUnsignedLong() {
        return type.size() == Long.BYTES && !type.isSigned();
    }

    private long lowest() {
        return type.isSigned() ? -1L << (Byte.SIZE * type.size() - 1) : 0;
    }

    private long highest() {
        return type == CType.WIDE_CHAR
                ? Character.MAX_CODE_POINT
                : (1L << (Byte.SIZE * type.size() - (type.isSigned() ? 1 : 0))) - 1;
    }

    IllegalStateException notOf(final String wanted) {
        return new IllegalStateException("an array of " + type + " has no " + wanted + " elements");
    }

    private IllegalArgumentException outOfRange(final String value) {
        final String range = isUnsignedLong() ? "0 to " + Long.toUnsignedString(-1) : lowest() + " to " + highest();
        return new IllegalArgumentException(value + " is outside the range of " + type + ", which is " + range);
    }

    private IllegalArgumentException refused(final Object value, final String wanted) {
        final String given =
                value == null ? "null" : value + " (" + value.getClass().getSimpleName() + ")";
        return new IllegalArgumentException(type + " takes " + wanted + ", not " + given);
    }
}
