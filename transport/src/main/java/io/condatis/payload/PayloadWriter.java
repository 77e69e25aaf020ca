package io.condatis.payload;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;

/** Writes values in the form that {@link PayloadTag} lists; every method returns the offset behind what it wrote. */
final class PayloadWriter {
    private final Codecs codecs;
    private final PayloadTypes types;

    PayloadWriter(final Codecs codecs, final PayloadTypes types) {
        this.codecs = codecs;
        this.types = types;
    }

    int write(final Object value, final MutableDirectBuffer buffer, final int offset, final int depth) {
        if (depth == 0) {
            throw new PayloadException("records are nested too deeply in a payload, the limit is 64 levels");
        }
        if (value == null) {
            buffer.putByte(offset, PayloadTag.NULL);
            return offset + 1;
        }
        if (value instanceof String text) {
            buffer.putByte(offset, PayloadTag.STRING);
            return text(text, buffer, offset + 1);
        }
        if (value instanceof Number number) {
            return number(number, buffer, offset);
        }
        if (value instanceof Record) {
            return record(value, buffer, offset, depth);
        }
        if (value.getClass().isArray() && value.getClass().getComponentType().isPrimitive()) {
            return PrimitiveArrays.write(value, buffer, offset);
        }
        return other(value, buffer, offset);
    }

    private int number(final Number value, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + 1;
        if (value instanceof Integer i) {
            buffer.putByte(offset, PayloadTag.INT);
            buffer.putInt(body, i, LITTLE_ENDIAN);
            return body + Integer.BYTES;
        }
        if (value instanceof Long l) {
            buffer.putByte(offset, PayloadTag.LONG);
            buffer.putLong(body, l, LITTLE_ENDIAN);
            return body + Long.BYTES;
        }
        if (value instanceof Double d) {
            buffer.putByte(offset, PayloadTag.DOUBLE);
            buffer.putDouble(body, d, LITTLE_ENDIAN);
            return body + Double.BYTES;
        }
        if (value instanceof Float f) {
            buffer.putByte(offset, PayloadTag.FLOAT);
            buffer.putFloat(body, f, LITTLE_ENDIAN);
            return body + Float.BYTES;
        }
        if (value instanceof Short s) {
            buffer.putByte(offset, PayloadTag.SHORT);
            buffer.putShort(body, s, LITTLE_ENDIAN);
            return body + Short.BYTES;
        }
        if (value instanceof Byte b) {
            buffer.putByte(offset, PayloadTag.BYTE);
            buffer.putByte(body, b);
            return body + Byte.BYTES;
        }
        return bigNumber(value, buffer, offset);
    }

    private int bigNumber(final Number value, final MutableDirectBuffer buffer, final int offset) {
        if (value.getClass() == BigDecimal.class) {
            final BigDecimal decimal = (BigDecimal) value;
            buffer.putByte(offset, PayloadTag.BIG_DECIMAL);
            buffer.putInt(offset + 1, decimal.scale(), LITTLE_ENDIAN);
            return bytes(decimal.unscaledValue().toByteArray(), buffer, offset + 1 + Integer.BYTES);
        }
        if (value.getClass() == BigInteger.class) {
            buffer.putByte(offset, PayloadTag.BIG_INTEGER);
            return bytes(((BigInteger) value).toByteArray(), buffer, offset + 1);
        }
        return coded(value, buffer, offset);
    }

    private int other(final Object value, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + 1;
        if (value instanceof Boolean b) {
            buffer.putByte(offset, b ? PayloadTag.TRUE : PayloadTag.FALSE);
            return body;
        }
        if (value instanceof Character c) {
            buffer.putByte(offset, PayloadTag.CHAR);
            buffer.putChar(body, c, LITTLE_ENDIAN);
            return body + Character.BYTES;
        }
        if (value instanceof UUID uuid) {
            buffer.putByte(offset, PayloadTag.UUID);
            buffer.putLong(body, uuid.getMostSignificantBits(), LITTLE_ENDIAN);
            buffer.putLong(body + Long.BYTES, uuid.getLeastSignificantBits(), LITTLE_ENDIAN);
            return body + 2 * Long.BYTES;
        }
        if (value instanceof Enum<?> constant) {
            checkAllowed(constant.getDeclaringClass());
            final String type = constant.getDeclaringClass().getName();
            buffer.putByte(offset, PayloadTag.ENUM);
            final int name = bytes(type.getBytes(StandardCharsets.UTF_8), buffer, body);
            return bytes(constant.name().getBytes(StandardCharsets.UTF_8), buffer, name);
        }
        return coded(value, buffer, offset);
    }

    private int record(final Object value, final MutableDirectBuffer buffer, final int offset, final int depth) {
        checkAllowed(value.getClass());
        final RecordForm form = RecordForms.of(value.getClass());
        buffer.putByte(offset, PayloadTag.RECORD);
        int end = bytes(form.nameBytes, buffer, offset + 1);
        buffer.putInt(end, form.size(), LITTLE_ENDIAN);
        end += Integer.BYTES;
        for (int i = 0; i < form.size(); i++) {
            end = write(form.component(value, i), buffer, end, depth - 1);
        }
        return end;
    }

    private int coded(final Object value, final MutableDirectBuffer buffer, final int offset) {
        try {
            return coded(codecs.preferred(), value, buffer, offset);
        } catch (final UnsupportedOperationException e) {
            return coded(codecs.jdk(), value, buffer, offset);
        }
    }

    private int coded(
            final PayloadCodec codec, final Object value, final MutableDirectBuffer buffer, final int offset) {
        final int body = offset + 2 + Integer.BYTES;
        buffer.putByte(offset, PayloadTag.CODEC);
        buffer.putByte(offset + 1, codec.id());
        final int length = codec.encode(value, buffer, body, types);
        buffer.putInt(offset + 2, length, LITTLE_ENDIAN);
        return body + length;
    }

    /** What readers would refuse is refused here, where somebody can still do something about it. */
    private void checkAllowed(final Class<?> type) {
        if (!types.allows(type)) {
            throw PayloadTypes.refused(type.getName());
        }
    }

    /** ASCII text is copied as it is, any other by way of an array. */
    private static int text(final String text, final MutableDirectBuffer buffer, final int offset) {
        final int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) > 0x7f) {
                return bytes(text.getBytes(StandardCharsets.UTF_8), buffer, offset);
            }
        }
        buffer.putInt(offset, length, LITTLE_ENDIAN);
        buffer.putStringWithoutLengthAscii(offset + Integer.BYTES, text);
        return offset + Integer.BYTES + length;
    }

    private static int bytes(final byte[] bytes, final MutableDirectBuffer buffer, final int offset) {
        buffer.putInt(offset, bytes.length, LITTLE_ENDIAN);
        buffer.putBytes(offset + Integer.BYTES, bytes);
        return offset + Integer.BYTES + bytes.length;
    }
}
