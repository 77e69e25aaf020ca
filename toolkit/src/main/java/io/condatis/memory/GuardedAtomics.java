package io.condatis.memory;

import org.agrona.concurrent.AtomicBuffer;

/**
 * Every ordered or atomic operation of a {@link GuardedBuffer}, after the question whether the memory is still open.
 */
interface GuardedAtomics extends GuardedWrites, AtomicBuffer {
    @Override
    default void verifyAlignment() {
        bare().verifyAlignment();
    }

    @Override
    default long getLongVolatile(final int index) {
        return bare().getLongVolatile(index);
    }

    @Override
    default long getLongAcquire(final int index) {
        return bare().getLongAcquire(index);
    }

    @Override
    default void putLongVolatile(final int index, final long value) {
        bare().putLongVolatile(index, value);
    }

    @Override
    default void putLongOrdered(final int index, final long value) {
        bare().putLongOrdered(index, value);
    }

    @Override
    default void putLongRelease(final int index, final long value) {
        bare().putLongRelease(index, value);
    }

    @Override
    default long addLongOrdered(final int index, final long value) {
        return bare().addLongOrdered(index, value);
    }

    @Override
    default void putLongOpaque(final int index, final long value) {
        bare().putLongOpaque(index, value);
    }

    @Override
    default long getLongOpaque(final int index) {
        return bare().getLongOpaque(index);
    }

    @Override
    default long addLongOpaque(final int index, final long value) {
        return bare().addLongOpaque(index, value);
    }

    @Override
    default long addLongRelease(final int index, final long value) {
        return bare().addLongRelease(index, value);
    }

    @Override
    default boolean compareAndSetLong(final int index, final long expected, final long value) {
        return bare().compareAndSetLong(index, expected, value);
    }

    @Override
    default long compareAndExchangeLong(final int index, final long expected, final long value) {
        return bare().compareAndExchangeLong(index, expected, value);
    }

    @Override
    default long getAndSetLong(final int index, final long value) {
        return bare().getAndSetLong(index, value);
    }

    @Override
    default long getAndAddLong(final int index, final long value) {
        return bare().getAndAddLong(index, value);
    }

    @Override
    default int getIntVolatile(final int index) {
        return bare().getIntVolatile(index);
    }

    @Override
    default void putIntVolatile(final int index, final int value) {
        bare().putIntVolatile(index, value);
    }

    @Override
    default int getIntAcquire(final int index) {
        return bare().getIntAcquire(index);
    }

    @Override
    default void putIntOrdered(final int index, final int value) {
        bare().putIntOrdered(index, value);
    }

    @Override
    default void putIntRelease(final int index, final int value) {
        bare().putIntRelease(index, value);
    }

    @Override
    default int addIntOrdered(final int index, final int value) {
        return bare().addIntOrdered(index, value);
    }

    @Override
    default int addIntRelease(final int index, final int value) {
        return bare().addIntRelease(index, value);
    }

    @Override
    default void putIntOpaque(final int index, final int value) {
        bare().putIntOpaque(index, value);
    }

    @Override
    default int getIntOpaque(final int index) {
        return bare().getIntOpaque(index);
    }

    @Override
    default int addIntOpaque(final int index, final int value) {
        return bare().addIntOpaque(index, value);
    }

    @Override
    default boolean compareAndSetInt(final int index, final int expected, final int value) {
        return bare().compareAndSetInt(index, expected, value);
    }

    @Override
    default int compareAndExchangeInt(final int index, final int expected, final int value) {
        return bare().compareAndExchangeInt(index, expected, value);
    }

    @Override
    default int getAndSetInt(final int index, final int value) {
        return bare().getAndSetInt(index, value);
    }

    @Override
    default int getAndAddInt(final int index, final int value) {
        return bare().getAndAddInt(index, value);
    }

    @Override
    default short getShortVolatile(final int index) {
        return bare().getShortVolatile(index);
    }

    @Override
    default void putShortVolatile(final int index, final short value) {
        bare().putShortVolatile(index, value);
    }

    @Override
    default char getCharVolatile(final int index) {
        return bare().getCharVolatile(index);
    }

    @Override
    default void putCharVolatile(final int index, final char value) {
        bare().putCharVolatile(index, value);
    }

    @Override
    default byte getByteVolatile(final int index) {
        return bare().getByteVolatile(index);
    }

    @Override
    default void putByteVolatile(final int index, final byte value) {
        bare().putByteVolatile(index, value);
    }
}
