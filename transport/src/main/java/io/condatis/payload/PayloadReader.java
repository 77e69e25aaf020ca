package io.condatis.payload;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.agrona.DirectBuffer;

/** A cursor over one payload that never reads outside it and never makes what is not allowed. */
final class PayloadReader {
    private final DirectBuffer buffer;
    private final int limit;
    private final Payloads payloads;
    private int position;
    private RecordForm lastForm;

    PayloadReader(final DirectBuffer buffer, final int offset, final int length, final Payloads payloads) {
        this.buffer = buffer;
        this.position = offset;
        this.limit = offset + length;
        this.payloads = payloads;
    }

    int remaining() {
        return limit - position;
    }

    Object read(final int depth) {
        if (depth == 0) {
            throw new PayloadException("records are nested too deeply in a payload, the limit is 64 levels");
        }
        final byte tag = int8();
        return switch (tag) {
            case PayloadTag.NULL -> null;
            case PayloadTag.FALSE -> Boolean.FALSE;
            case PayloadTag.TRUE -> Boolean.TRUE;
            case PayloadTag.BYTE -> int8();
            case PayloadTag.SHORT -> int16();
            case PayloadTag.CHAR -> (char) int16();
            case PayloadTag.INT -> int32();
            case PayloadTag.LONG -> int64();
            case PayloadTag.FLOAT -> Float.intBitsToFloat(int32());
            case PayloadTag.DOUBLE -> Double.longBitsToDouble(int64());
            case PayloadTag.STRING -> text();
            case PayloadTag.RECORD -> record(depth);
            default -> readOther(tag);
        };
    }

    private Object readOther(final byte tag) {
        return switch (tag) {
            case PayloadTag.UUID -> new UUID(int64(), int64());
            case PayloadTag.BIG_DECIMAL -> decimal();
            case PayloadTag.BIG_INTEGER -> integer();
            case PayloadTag.ENUM -> constant();
            case PayloadTag.CODEC -> coded();
            default -> {
                final Object array = PrimitiveArrays.read(tag, this);
                if (array == null) {
                    throw new PayloadException("a payload begins a value with the unknown tag " + tag
                            + "; it was not written by this version of Condatis");
                }
                yield array;
            }
        };
    }

    byte int8() {
        return buffer.getByte(advance(1));
    }

    short int16() {
        return buffer.getShort(advance(Short.BYTES), LITTLE_ENDIAN);
    }

    int int32() {
        return buffer.getInt(advance(Integer.BYTES), LITTLE_ENDIAN);
    }

    long int64() {
        return buffer.getLong(advance(Long.BYTES), LITTLE_ENDIAN);
    }

    /** A count of elements, refused before anything is allocated when so many cannot follow. */
    int count(final int elementBytes) {
        final int count = int32();
        if (count < 0 || (long) count * elementBytes > remaining()) {
            throw cutShort((long) count * elementBytes);
        }
        return count;
    }

    byte[] bytes() {
        final byte[] bytes = new byte[count(1)];
        buffer.getBytes(advance(bytes.length), bytes);
        return bytes;
    }

    private String text() {
        final int length = count(1);
        final int start = advance(length);
        final byte[] array = buffer.byteArray();
        if (array != null) {
            return new String(array, start + buffer.wrapAdjustment(), length, StandardCharsets.UTF_8);
        }
        return buffer.getStringWithoutLengthUtf8(start, length);
    }

    private Object decimal() {
        final int scale = int32();
        return new BigDecimal(integer(), scale);
    }

    private BigInteger integer() {
        final byte[] bytes = bytes();
        if (bytes.length == 0) {
            throw new PayloadException("a payload holds a big number of no bytes; it was not written by Condatis");
        }
        return new BigInteger(bytes);
    }

    private Object constant() {
        final Class<?> type = allowedClass(text());
        final String name = text();
        final Object[] constants = type.getEnumConstants();
        if (constants != null) {
            for (final Object candidate : constants) {
                if (((Enum<?>) candidate).name().equals(name)) {
                    return candidate;
                }
            }
        }
        throw new PayloadException(
                type.getName() + " has no constant " + name + " here; sender and receiver need the same classes");
    }

    private Object record(final int depth) {
        final RecordForm form = recordForm();
        final int count = int32();
        if (count != form.size()) {
            throw new PayloadException("a payload has " + count + " components for record "
                    + new String(form.nameBytes, StandardCharsets.UTF_8) + ", which has " + form.size()
                    + " here; sender and receiver need the same classes");
        }
        final Object[] components = new Object[count];
        for (int i = 0; i < count; i++) {
            components[i] = read(depth - 1);
        }
        return form.make(components);
    }

    private RecordForm recordForm() {
        final int length = count(1);
        final int start = advance(length);
        if (lastForm != null && matches(lastForm.nameBytes, start, length)) {
            return lastForm;
        }
        final Class<?> type = allowedClass(buffer.getStringWithoutLengthUtf8(start, length));
        if (!type.isRecord()) {
            throw new PayloadException("class " + type.getName()
                    + " is no record here, though the sender wrote one; sender and receiver need the same classes");
        }
        lastForm = RecordForms.of(type);
        return lastForm;
    }

    private boolean matches(final byte[] name, final int start, final int length) {
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(start + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private Object coded() {
        final byte id = int8();
        final int length = count(1);
        final int start = advance(length);
        return payloads.codecs().of(id).decode(buffer, start, length, payloads.types());
    }

    private Class<?> allowedClass(final String name) {
        if (!payloads.types().allows(name)) {
            throw PayloadTypes.refused(name);
        }
        try {
            return payloads.recordForms().find(name);
        } catch (final ClassNotFoundException e) {
            throw new PayloadException(
                    "a payload needs class " + name + ", which is not on the class path of this process", e);
        }
    }

    private int advance(final int length) {
        if (length > remaining()) {
            throw cutShort(length);
        }
        final int start = position;
        position += length;
        return start;
    }

    private PayloadException cutShort(final long needed) {
        return new PayloadException(
                "a payload is cut short: it needs " + needed + " bytes more where " + remaining() + " are left");
    }
}
