package io.condatis.payload;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Turns objects into bytes and back; thread-safe, keeps no state between calls.
 *
 * <p>Equal values of the types with a form of their own (all but what goes through the codec) have equal bytes in every
 * process and JDK, which is what makes them usable as keys of a managed dict and in its {@code replace(key, old, new)}.
 * The form of a record is its class name and its components in order; a record with other components on the reading side
 * is refused by name. Values are copies: changing the object after it was written, or the copy that was read, changes
 * nothing elsewhere.
 */
public final class Payloads {
    /** First byte of a value that is a byte array; the length as int32, little endian, and the bytes follow. */
    public static final byte BYTE_ARRAY = PayloadTag.BYTES;

    private static final int MAX_DEPTH = 64;

    private final PayloadTypes types;
    private final Codecs codecs;
    private final RecordForms recordForms = new RecordForms();
    private final PayloadWriter writer;

    /**
     * Payloads with an allow list. Classes without a form of their own are written by Apache Fory where that is on the class
     * path, else, and what Fory does not take, by the JDK's serialisation; each payload says by which. {@code
     * -Dcondatis.payload.codec=jdk} has everything written by the JDK's.
     *
     * @param types classes that may be made by {@link #decode}
     */
    public Payloads(final PayloadTypes types) {
        this(types, new Codecs(types));
    }

    /**
     * Payloads with an allow list and a codec.
     *
     * @param types classes that may be made by {@link #decode}
     * @param codec for classes without a form of their own
     */
    public Payloads(final PayloadTypes types, final PayloadCodec codec) {
        this(types, new Codecs(codec));
    }

    private Payloads(final PayloadTypes types, final Codecs codecs) {
        this.types = types;
        this.codecs = codecs;
        writer = new PayloadWriter(codecs, types);
    }

    /**
     * {@return where the bytes begin in a value that is a byte array; they go on to its end}
     *
     * @param buffer holding the value
     * @param offset of the value
     * @param length of the value
     * @throws PayloadException when it is something else
     */
    public static int byteArrayOffset(final DirectBuffer buffer, final int offset, final int length) {
        final int start = offset + 1 + Integer.BYTES;
        if (start > offset + length
                || buffer.getByte(offset) != BYTE_ARRAY
                || buffer.getInt(offset + 1, LITTLE_ENDIAN) != offset + length - start) {
            throw new PayloadException("a value that is not a byte array cannot be read as bytes");
        }
        return start;
    }

    /** {@return the allow list} */
    public PayloadTypes types() {
        return types;
    }

    Codecs codecs() {
        return codecs;
    }

    RecordForms recordForms() {
        return recordForms;
    }

    /**
     * Write a value.
     *
     * @param value any, null too
     * @param buffer grows as needed
     * @param offset where to begin
     * @return number of bytes written
     * @throws PayloadException when it, or something that it refers to, cannot be serialised, or is of a class that is not
     *     allowed
     */
    public int encode(final Object value, final MutableDirectBuffer buffer, final int offset) {
        return writer.write(value, buffer, offset, MAX_DEPTH) - offset;
    }

    /**
     * Write a number as {@link #encode} writes a {@code Long}; makes no object.
     *
     * @param value any
     * @param buffer grows as needed
     * @param offset where to begin
     * @return number of bytes written
     */
    public int encodeLong(final long value, final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset, PayloadTag.LONG);
        buffer.putLong(offset + 1, value, LITTLE_ENDIAN);
        return 1 + Long.BYTES;
    }

    /**
     * Read an integer without making an object of it.
     *
     * @param buffer holding it
     * @param offset where it begins
     * @param length of it in bytes
     * @return its value
     * @throws ClassCastException when it was written from anything but a Long, Integer, Short or Byte
     */
    public long decodeLong(final DirectBuffer buffer, final int offset, final int length) {
        final byte tag = length == 0 ? PayloadTag.NULL : buffer.getByte(offset);
        if (tag == PayloadTag.LONG && length == 1 + Long.BYTES) {
            return buffer.getLong(offset + 1, LITTLE_ENDIAN);
        }
        if (tag == PayloadTag.INT && length == 1 + Integer.BYTES) {
            return buffer.getInt(offset + 1, LITTLE_ENDIAN);
        }
        if (tag == PayloadTag.SHORT && length == 1 + Short.BYTES) {
            return buffer.getShort(offset + 1, LITTLE_ENDIAN);
        }
        if (tag == PayloadTag.BYTE && length == 1 + Byte.BYTES) {
            return buffer.getByte(offset + 1);
        }
        throw new ClassCastException("the value is no integer: " + decode(buffer, offset, length));
    }

    /**
     * Read a value.
     *
     * @param buffer holding it
     * @param offset where it begins
     * @param length of it in bytes, all of which must belong to it
     * @return the value
     * @throws PayloadException when the bytes are no payload, are cut short, or name a class that is not allowed or missing
     */
    public Object decode(final DirectBuffer buffer, final int offset, final int length) {
        final PayloadReader reader = new PayloadReader(buffer, offset, length, this);
        final Object value = reader.read(MAX_DEPTH);
        if (reader.remaining() != 0) {
            throw new PayloadException("a payload of " + length + " bytes has " + reader.remaining()
                    + " bytes too many; it was not written by this version of Condatis");
        }
        return value;
    }
}
