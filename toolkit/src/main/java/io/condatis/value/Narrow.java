package io.condatis.value;

import io.condatis.internal.os.Access;
import org.agrona.UnsafeApi;

/**
 * Atomic operations on integers of one, two and four bytes, signed or unsigned, widened to {@code long}: the slow half
 * of {@link IntValue}, {@link LongValue} and their arrays, which serve the width of their Java type themselves.
 *
 * <p>Changing less than four bytes is a compare-and-set of the word around them by the JDK, so neighbours that other
 * processes change at the same time are left alone.
 */
final class Narrow {
    private final Access access;
    private final int size;
    private final long mask;
    private final long sign;

    Narrow(final Access access, final CType type) {
        this.access = access;
        this.size = type.size();
        this.mask = size == Long.BYTES ? -1 : (1L << size * Byte.SIZE) - 1;
        this.sign = type.isSigned() ? (mask >>> 1) + 1 : 0;
    }

    /** {@return what a long becomes when it is stored and read again} */
    long wrapped(final long value) {
        return ((value & mask) ^ sign) - sign;
    }

    long get(final long address) {
        access.check();
        switch (size) {
            case Byte.BYTES:
                return wrapped(UnsafeApi.getByteVolatile(null, address));
            case Short.BYTES:
                return wrapped(UnsafeApi.getShortVolatile(null, address));
            default:
                return wrapped(UnsafeApi.getIntVolatile(null, address));
        }
    }

    void set(final long address, final long value) {
        access.check();
        switch (size) {
            case Byte.BYTES:
                UnsafeApi.putByteVolatile(null, address, (byte) value);
                return;
            case Short.BYTES:
                UnsafeApi.putShortVolatile(null, address, (short) value);
                return;
            default:
                UnsafeApi.putIntVolatile(null, address, (int) value);
        }
    }

    long getAndSet(final long address, final long value) {
        access.check();
        switch (size) {
            case Byte.BYTES:
                return wrapped(UnsafeApi.getAndSetByte(null, address, (byte) value));
            case Short.BYTES:
                return wrapped(UnsafeApi.getAndSetShort(null, address, (short) value));
            default:
                return wrapped(UnsafeApi.getAndSetInt(null, address, (int) value));
        }
    }

    long compareAndExchange(final long address, final long expected, final long value) {
        access.check();
        switch (size) {
            case Byte.BYTES:
                return wrapped(UnsafeApi.compareAndExchangeByte(null, address, (byte) expected, (byte) value));
            case Short.BYTES:
                return wrapped(UnsafeApi.compareAndExchangeShort(null, address, (short) expected, (short) value));
            default:
                return wrapped(UnsafeApi.compareAndExchangeInt(null, address, (int) expected, (int) value));
        }
    }

    boolean compareAndSet(final long address, final long expected, final long value) {
        return compareAndExchange(address, expected, value) == wrapped(expected);
    }

    long getAndAdd(final long address, final long delta) {
        access.check();
        switch (size) {
            case Byte.BYTES:
                return wrapped(UnsafeApi.getAndAddByte(null, address, (byte) delta));
            case Short.BYTES:
                return wrapped(UnsafeApi.getAndAddShort(null, address, (short) delta));
            default:
                return wrapped(UnsafeApi.getAndAddInt(null, address, (int) delta));
        }
    }

    long addAndGet(final long address, final long delta) {
        return wrapped(getAndAdd(address, delta) + delta);
    }
}
