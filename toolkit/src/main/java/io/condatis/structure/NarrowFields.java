package io.condatis.structure;

import io.condatis.value.CType;
import org.agrona.UnsafeApi;

/** Plain access to integers of every width. */
final class NarrowFields {
    private static final long UNSIGNED_BYTE = 0xFF;
    private static final long UNSIGNED_SHORT = 0xFFFF;
    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

    private NarrowFields() {}

    static long get(final CType type, final long address) {
        switch (type.size()) {
            case Byte.BYTES:
                final byte aByte = UnsafeApi.getByte(null, address);
                return type.isSigned() ? aByte : aByte & UNSIGNED_BYTE;
            case Short.BYTES:
                final short aShort = UnsafeApi.getShort(null, address);
                return type.isSigned() ? aShort : aShort & UNSIGNED_SHORT;
            case Long.BYTES:
                return UnsafeApi.getLong(null, address);
            default:
                final int anInt = UnsafeApi.getInt(null, address);
                return type.isSigned() ? anInt : anInt & UNSIGNED_INT;
        }
    }

    static void set(final CType type, final long address, final long value) {
        switch (type.size()) {
            case Byte.BYTES:
                UnsafeApi.putByte(null, address, (byte) value);
                return;
            case Short.BYTES:
                UnsafeApi.putShort(null, address, (short) value);
                return;
            case Long.BYTES:
                UnsafeApi.putLong(null, address, value);
                return;
            default:
                UnsafeApi.putInt(null, address, (int) value);
        }
    }
}
