package io.condatis.internal.protocol;

import io.condatis.internal.protocol.sbe.Kind;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A payload that stands for a managed object of the same manager. The store keeps the object alive while such a payload
 * is stored anywhere, so it must know it when it sees it; every other payload is opaque to it.
 *
 * <pre>
 *   0      1      2             4                     8
 *   +------+------+-------------+---------------------+
 *   | 40   | kind | magic 0x6f43| object id           |   little endian
 *   +------+------+-------------+---------------------+
 * </pre>
 */
public final class ReferenceDescriptor {
    /** First byte, a payload tag that no other form has. */
    public static final byte TAG = 40;

    /** Length in bytes. */
    public static final int LENGTH = 8;

    private static final int KIND_OFFSET = 1;
    private static final int MAGIC_OFFSET = 2;
    private static final int ID_OFFSET = 4;
    private static final short MAGIC = 0x6f43;

    private ReferenceDescriptor() {}

    /**
     * Write a reference.
     *
     * @param buffer to write to
     * @param offset where it begins
     * @param kind of the object
     * @param objectId of the object
     */
    public static void put(final MutableDirectBuffer buffer, final int offset, final Kind kind, final int objectId) {
        buffer.putByte(offset, TAG);
        buffer.putByte(offset + KIND_OFFSET, (byte) kind.value());
        buffer.putShort(offset + MAGIC_OFFSET, MAGIC, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + ID_OFFSET, objectId, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * {@return whether these bytes are a reference}
     *
     * @param buffer holding them
     * @param offset where they begin
     * @param length of them
     */
    public static boolean isReference(final DirectBuffer buffer, final int offset, final int length) {
        return length == LENGTH
                && buffer.getByte(offset) == TAG
                && buffer.getShort(offset + MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN) == MAGIC;
    }

    /**
     * {@return the kind of the object, as a number of {@link Kind}; whoever wrote it may have lied}
     *
     * @param buffer holding a reference
     * @param offset where it begins
     */
    public static short kind(final DirectBuffer buffer, final int offset) {
        return (short) (buffer.getByte(offset + KIND_OFFSET) & 0xff);
    }

    /**
     * {@return the id of the object}
     *
     * @param buffer holding a reference
     * @param offset where it begins
     */
    public static int objectId(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
