package io.condatis.payload;

/** First byte of every value: what follows. Numbers are little endian; lengths and counts are int32. */
final class PayloadTag {
    static final byte NULL = 0;
    static final byte FALSE = 1;
    static final byte TRUE = 2;
    /** Followed by int8. */
    static final byte BYTE = 3;
    /** Followed by int16. */
    static final byte SHORT = 4;
    /** Followed by a UTF-16 unit. */
    static final byte CHAR = 5;
    /** Followed by int32. */
    static final byte INT = 6;
    /** Followed by int64. */
    static final byte LONG = 7;
    /** Followed by 4 bytes, IEEE 754. */
    static final byte FLOAT = 8;
    /** Followed by 8 bytes, IEEE 754. */
    static final byte DOUBLE = 9;
    /** Followed by length and UTF-8. */
    static final byte STRING = 10;
    /** Followed by count and elements, like the array tags below. */
    static final byte BYTES = 11;

    static final byte SHORTS = 12;
    static final byte CHARS = 13;
    static final byte INTS = 14;
    static final byte LONGS = 15;
    static final byte FLOATS = 16;
    static final byte DOUBLES = 17;
    static final byte BOOLEANS = 18;
    /** Followed by the two int64 halves, most significant first. */
    static final byte UUID = 20;
    /** Followed by int32 scale, length and the unscaled value, two's complement big endian. */
    static final byte BIG_DECIMAL = 21;
    /** Followed by length and the value, two's complement big endian. */
    static final byte BIG_INTEGER = 22;
    /** Followed by class name (length, UTF-8) and constant name (length, UTF-8). */
    static final byte ENUM = 24;
    /** Followed by class name (length, UTF-8), component count and each component as a value. */
    static final byte RECORD = 25;
    /** Followed by codec id (int8), length and the codec's bytes. */
    static final byte CODEC = 30;

    private PayloadTag() {}
}
