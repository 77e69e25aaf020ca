package io.condatis.payload;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

/** Primitive arrays as a tag, a count and the elements in little endian. */
final class PrimitiveArrays {
    private PrimitiveArrays() {}

    static int write(final Object array, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + 1 + Integer.BYTES;
        if (array instanceof byte[] bytes) {
            head(PayloadTag.BYTES, bytes.length, buffer, offset);
            buffer.putBytes(body, bytes);
            return body + bytes.length;
        }
        if (array instanceof long[] longs) {
            head(PayloadTag.LONGS, longs.length, buffer, offset);
            for (int i = 0; i < longs.length; i++) {
                buffer.putLong(body + i * Long.BYTES, longs[i], LITTLE_ENDIAN);
            }
            return body + longs.length * Long.BYTES;
        }
        if (array instanceof double[] doubles) {
            head(PayloadTag.DOUBLES, doubles.length, buffer, offset);
            for (int i = 0; i < doubles.length; i++) {
                buffer.putDouble(body + i * Double.BYTES, doubles[i], LITTLE_ENDIAN);
            }
            return body + doubles.length * Double.BYTES;
        }
        if (array instanceof int[] ints) {
            head(PayloadTag.INTS, ints.length, buffer, offset);
            for (int i = 0; i < ints.length; i++) {
                buffer.putInt(body + i * Integer.BYTES, ints[i], LITTLE_ENDIAN);
            }
            return body + ints.length * Integer.BYTES;
        }
        return writeRare(array, buffer, offset);
    }

    private static int writeRare(final Object array, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + 1 + Integer.BYTES;
        if (array instanceof float[] floats) {
            head(PayloadTag.FLOATS, floats.length, buffer, offset);
            for (int i = 0; i < floats.length; i++) {
                buffer.putFloat(body + i * Float.BYTES, floats[i], LITTLE_ENDIAN);
            }
            return body + floats.length * Float.BYTES;
        }
        if (array instanceof short[] shorts) {
            head(PayloadTag.SHORTS, shorts.length, buffer, offset);
            for (int i = 0; i < shorts.length; i++) {
                buffer.putShort(body + i * Short.BYTES, shorts[i], LITTLE_ENDIAN);
            }
            return body + shorts.length * Short.BYTES;
        }
        if (array instanceof char[] chars) {
            head(PayloadTag.CHARS, chars.length, buffer, offset);
            for (int i = 0; i < chars.length; i++) {
                buffer.putChar(body + i * Character.BYTES, chars[i], LITTLE_ENDIAN);
            }
            return body + chars.length * Character.BYTES;
        }
        final boolean[] booleans = (boolean[]) array;
        head(PayloadTag.BOOLEANS, booleans.length, buffer, offset);
        for (int i = 0; i < booleans.length; i++) {
            buffer.putByte(body + i, (byte) (booleans[i] ? 1 : 0));
        }
        return body + booleans.length;
    }

    static Object read(final byte tag, final PayloadReader in) {
        return switch (tag) {
            case PayloadTag.BYTES -> in.bytes();
            case PayloadTag.LONGS -> longs(in);
            case PayloadTag.DOUBLES -> doubles(in);
            case PayloadTag.INTS -> ints(in);
            case PayloadTag.FLOATS -> floats(in);
            case PayloadTag.SHORTS -> shorts(in);
            case PayloadTag.CHARS -> chars(in);
            case PayloadTag.BOOLEANS -> booleans(in);
            default -> null;
        };
    }

    private static void head(final byte tag, final int count, final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset, tag);
        buffer.putInt(offset + 1, count, LITTLE_ENDIAN);
    }

    private static long[] longs(final PayloadReader in) {
        final long[] values = new long[in.count(Long.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.int64();
        }
        return values;
    }

    private static double[] doubles(final PayloadReader in) {
        final double[] values = new double[in.count(Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(in.int64());
        }
        return values;
    }

    private static int[] ints(final PayloadReader in) {
        final int[] values = new int[in.count(Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.int32();
        }
        return values;
    }

    private static float[] floats(final PayloadReader in) {
        final float[] values = new float[in.count(Float.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(in.int32());
        }
        return values;
    }

    private static short[] shorts(final PayloadReader in) {
        final short[] values = new short[in.count(Short.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.int16();
        }
        return values;
    }

    private static char[] chars(final PayloadReader in) {
        final char[] values = new char[in.count(Character.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (char) in.int16();
        }
        return values;
    }

    private static boolean[] booleans(final PayloadReader in) {
        final boolean[] values = new boolean[in.count(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.int8() != 0;
        }
        return values;
    }
}
