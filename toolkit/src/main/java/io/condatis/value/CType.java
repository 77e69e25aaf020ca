package io.condatis.value;

import java.math.BigInteger;

/**
 * The types of C that values, arrays and structure fields can have, by the codes of Python's {@code array},
 * {@code struct} and {@code multiprocessing}, as they are on 64-bit Linux.
 *
 * <p>An integer that does not fit wraps as in C: 200 in a {@link #BYTE} reads back as -56, -1 in an
 * {@link #UNSIGNED_BYTE} as 255. A number with a fraction is never put into an integer type.
 */
public enum CType {
    /** {@code signed char}, -128 to 127; an {@code int} in Java. */
    BYTE('b', "signed char", 1, Form.INT, true),
    /** {@code unsigned char}, 0 to 255; an {@code int} in Java. */
    UNSIGNED_BYTE('B', "unsigned char", 1, Form.INT, false),
    /** {@code short}; an {@code int} in Java. */
    SHORT('h', "short", 2, Form.INT, true),
    /** {@code unsigned short}, 0 to 65535; an {@code int} in Java. */
    UNSIGNED_SHORT('H', "unsigned short", 2, Form.INT, false),
    /** {@code int}. */
    INT('i', "int", 4, Form.INT, true),
    /** {@code unsigned int}, 0 to 4294967295; a {@code long} in Java. */
    UNSIGNED_INT('I', "unsigned int", 4, Form.LONG, false),
    /** {@code long}, 8 bytes. */
    LONG('l', "long", 8, Form.LONG, true),
    /** {@code unsigned long}, 8 bytes: a {@code long} of the same bits, see {@link Long#toUnsignedString(long)}. */
    UNSIGNED_LONG('L', "unsigned long", 8, Form.LONG, false),
    /** {@code long long}. */
    LONG_LONG('q', "long long", 8, Form.LONG, true),
    /** {@code unsigned long long}: a {@code long} of the same bits, see {@link Long#toUnsignedString(long)}. */
    UNSIGNED_LONG_LONG('Q', "unsigned long long", 8, Form.LONG, false),
    /** {@code float}. */
    FLOAT('f', "float", 4, Form.FLOAT, true),
    /** {@code double}. */
    DOUBLE('d', "double", 8, Form.DOUBLE, true),
    /** {@code char}: one byte of text, 0 to 255; an {@code int} in Java as a value, a {@code byte} in arrays. */
    CHAR('c', "char", 1, Form.INT, false),
    /** {@code wchar_t}: a code point of Unicode in 4 bytes; an {@code int} in Java. */
    WIDE_CHAR('u', "wchar_t", 4, Form.INT, true),
    /** {@code bool}: one byte, 0 or 1. */
    BOOLEAN('?', "bool", 1, Form.BOOLEAN, false);

    private static final CType[] ALL = values();

    private final char code;
    private final String cName;
    private final int size;
    private final Form form;
    private final boolean signed;

    CType(final char code, final String cName, final int size, final Form form, final boolean signed) {
        this.code = code;
        this.cName = cName;
        this.size = size;
        this.form = form;
        this.signed = signed;
    }

    /** What an element is in Java. */
    enum Form {
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        BOOLEAN
    }

    /**
     * The type of a code.
     *
     * @param code such as {@code 'i'}
     * @return the type
     * @throws IllegalArgumentException when no type has it
     */
    public static CType of(final char code) {
        for (final CType type : ALL) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("'" + code + "' is no type code: use one of b B h H i I l L q Q f d c u ?");
    }

    /** {@return the code} */
    public char code() {
        return code;
    }

    /** {@return the name in C} */
    public String cName() {
        return cName;
    }

    /** {@return the number of bytes} */
    public int size() {
        return size;
    }

    /** {@return what divides the address; the same as the size for all of these} */
    public int alignment() {
        return size;
    }

    /** {@return whether it can be negative} */
    public boolean isSigned() {
        return signed;
    }

    /** {@return whether it is an {@code int}, or a {@code long}, in Java: no fraction, and no boolean} */
    public boolean isInteger() {
        return form == Form.INT || form == Form.LONG;
    }

    /** {@return whether it is the type of an {@link IntValue} or {@link IntArray}} */
    public boolean isInt() {
        return form == Form.INT;
    }

    /** {@return whether it is the type of a {@link LongValue} or {@link LongArray}} */
    public boolean isLong() {
        return form == Form.LONG;
    }

    Form form() {
        return form;
    }

    /** The integer that an argument of unknown type stands for; it wraps later. */
    long toLong(final Object argument) {
        if (argument instanceof Integer
                || argument instanceof Long
                || argument instanceof Short
                || argument instanceof Byte
                || argument instanceof BigInteger) {
            return ((Number) argument).longValue();
        }
        return charOf(argument);
    }

    private long charOf(final Object argument) {
        if ((this == CHAR || this == WIDE_CHAR) && argument instanceof Character) {
            return (Character) argument;
        }
        if (this == CHAR && argument instanceof byte[] && ((byte[]) argument).length == 1) {
            return ((byte[]) argument)[0];
        }
        if (this == WIDE_CHAR && argument instanceof String) {
            final String text = (String) argument;
            if (text.codePointCount(0, text.length()) == 1) {
                return text.codePointAt(0);
            }
        }
        throw refuse(argument, "an integer");
    }

    double toDouble(final Object argument) {
        if (argument instanceof Number) {
            return ((Number) argument).doubleValue();
        }
        throw refuse(argument, "a number");
    }

    boolean toBoolean(final Object argument) {
        if (argument instanceof Boolean) {
            return (Boolean) argument;
        }
        if (argument instanceof Number) {
            return ((Number) argument).doubleValue() != 0;
        }
        throw refuse(argument, "a boolean or a number");
    }

    private IllegalArgumentException refuse(final Object argument, final String wanted) {
        final String given = argument == null
                ? "null"
                : argument + " (" + argument.getClass().getSimpleName() + ")";
        return new IllegalArgumentException("'" + code + "' (" + cName + ") takes " + wanted + ", not " + given + ".");
    }

    /** As a message names it: {@code 'i' (int)}. */
    @Override
    public String toString() {
        return "'" + code + "' (" + cName + ")";
    }
}
