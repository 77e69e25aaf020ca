package io.condatis.internal.protocol;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The one part of a payload's form that the server knows, so that it can add: numbers of Java, as {@code Payloads} writes
 * them. Little endian, nothing aligned.
 * <pre>
 *   0                   1
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 ...
 *  +---------------+---------------
 *  |  Tag          |  Number      ...
 *  +---------------+---------------
 *  tag 3: int8, 4: int16, 6: int32, 7: int64, 8: IEEE 754 single, 9: IEEE 754 double
 * </pre>
 */
public final class NumberForm {
    private static final byte BYTE = 3;
    private static final byte SHORT = 4;
    private static final byte INT = 6;
    private static final byte LONG = 7;
    private static final byte FLOAT = 8;
    private static final byte DOUBLE = 9;

    private NumberForm() {}

    /**
     * {@return whether a payload is a number, whole}
     *
     * @param payload holding it
     * @param offset where it begins
     * @param length of it in bytes
     */
    public static boolean isNumber(final DirectBuffer payload, final int offset, final int length) {
        return length > 1 && length == 1 + size(payload.getByte(offset));
    }

    /**
     * Add a number to another of the same type, in place. Integers wrap, as they do in Java.
     *
     * @param target a number
     * @param offset where it begins
     * @param operand another
     * @param operandOffset where that begins
     * @return false when their types differ, and nothing was changed
     */
    public static boolean add(
            final MutableDirectBuffer target, final int offset, final DirectBuffer operand, final int operandOffset) {
        final byte tag = target.getByte(offset);
        if (operand.getByte(operandOffset) != tag) {
            return false;
        }
        final int at = offset + 1;
        final int from = operandOffset + 1;
        final ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        switch (tag) {
            case BYTE -> target.putByte(at, (byte) (target.getByte(at) + operand.getByte(from)));
            case SHORT ->
                target.putShort(at, (short) (target.getShort(at, order) + operand.getShort(from, order)), order);
            case INT -> target.putInt(at, target.getInt(at, order) + operand.getInt(from, order), order);
            case LONG -> target.putLong(at, target.getLong(at, order) + operand.getLong(from, order), order);
            case FLOAT -> target.putFloat(at, target.getFloat(at, order) + operand.getFloat(from, order), order);
            case DOUBLE -> target.putDouble(at, target.getDouble(at, order) + operand.getDouble(from, order), order);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int size(final byte tag) {
        return switch (tag) {
            case BYTE -> 1;
            case SHORT -> BitUtil.SIZE_OF_SHORT;
            case INT, FLOAT -> BitUtil.SIZE_OF_INT;
            case LONG, DOUBLE -> BitUtil.SIZE_OF_LONG;
            default -> 0;
        };
    }
}
