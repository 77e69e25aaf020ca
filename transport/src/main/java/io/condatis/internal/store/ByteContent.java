package io.condatis.internal.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/** Comparison of stored bytes with bytes of a message. */
final class ByteContent {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteContent() {}

    static boolean equal(
            final byte[] stored,
            final int storedOffset,
            final int storedLength,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (storedLength != length) {
            return false;
        }
        int i = 0;
        for (; i <= length - BitUtil.SIZE_OF_LONG; i += BitUtil.SIZE_OF_LONG) {
            if ((long) LONG.get(stored, storedOffset + i) != buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (stored[storedOffset + i] != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
