package io.condatis.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Every plain write of a {@link GuardedBuffer}, after the question whether the memory is still open. */
interface GuardedWrites extends GuardedReads, MutableDirectBuffer {
    @Override
    default void setMemory(final int index, final int length, final byte value) {
        bare().setMemory(index, length, value);
    }

    @Override
    default void putLong(final int index, final long value, final ByteOrder order) {
        bare().putLong(index, value, order);
    }

    @Override
    default void putLong(final int index, final long value) {
        bare().putLong(index, value);
    }

    @Override
    default void putInt(final int index, final int value, final ByteOrder order) {
        bare().putInt(index, value, order);
    }

    @Override
    default void putInt(final int index, final int value) {
        bare().putInt(index, value);
    }

    @Override
    default int putIntAscii(final int index, final int value) {
        return bare().putIntAscii(index, value);
    }

    @Override
    default int putNaturalIntAscii(final int index, final int value) {
        return bare().putNaturalIntAscii(index, value);
    }

    @Override
    default void putNaturalPaddedIntAscii(final int index, final int length, final int value) {
        bare().putNaturalPaddedIntAscii(index, length, value);
    }

    @Override
    default int putNaturalIntAsciiFromEnd(final int value, final int endExclusive) {
        return bare().putNaturalIntAsciiFromEnd(value, endExclusive);
    }

    @Override
    default int putNaturalLongAscii(final int index, final long value) {
        return bare().putNaturalLongAscii(index, value);
    }

    @Override
    default int putLongAscii(final int index, final long value) {
        return bare().putLongAscii(index, value);
    }

    @Override
    default void putDouble(final int index, final double value, final ByteOrder order) {
        bare().putDouble(index, value, order);
    }

    @Override
    default void putDouble(final int index, final double value) {
        bare().putDouble(index, value);
    }

    @Override
    default void putFloat(final int index, final float value, final ByteOrder order) {
        bare().putFloat(index, value, order);
    }

    @Override
    default void putFloat(final int index, final float value) {
        bare().putFloat(index, value);
    }

    @Override
    default void putShort(final int index, final short value, final ByteOrder order) {
        bare().putShort(index, value, order);
    }

    @Override
    default void putShort(final int index, final short value) {
        bare().putShort(index, value);
    }

    @Override
    default void putChar(final int index, final char value, final ByteOrder order) {
        bare().putChar(index, value, order);
    }

    @Override
    default void putChar(final int index, final char value) {
        bare().putChar(index, value);
    }

    @Override
    default void putByte(final int index, final byte value) {
        bare().putByte(index, value);
    }

    @Override
    default void putBytes(final int index, final byte[] bytes) {
        bare().putBytes(index, bytes);
    }

    @Override
    default void putBytes(final int index, final byte[] bytes, final int otherOffset, final int length) {
        bare().putBytes(index, bytes, otherOffset, length);
    }

    @Override
    default void putBytes(final int index, final ByteBuffer bytes, final int length) {
        bare().putBytes(index, bytes, length);
    }

    @Override
    default void putBytes(final int index, final ByteBuffer bytes, final int otherOffset, final int length) {
        bare().putBytes(index, bytes, otherOffset, length);
    }

    @Override
    default void putBytes(final int index, final DirectBuffer source, final int otherOffset, final int length) {
        bare().putBytes(index, source, otherOffset, length);
    }

    @Override
    default int putStringAscii(final int index, final String text) {
        return bare().putStringAscii(index, text);
    }

    @Override
    default int putStringAscii(final int index, final CharSequence text) {
        return bare().putStringAscii(index, text);
    }

    @Override
    default int putStringAscii(final int index, final String text, final ByteOrder order) {
        return bare().putStringAscii(index, text, order);
    }

    @Override
    default int putStringAscii(final int index, final CharSequence text, final ByteOrder order) {
        return bare().putStringAscii(index, text, order);
    }

    @Override
    default int putStringWithoutLengthAscii(final int index, final String text) {
        return bare().putStringWithoutLengthAscii(index, text);
    }

    @Override
    default int putStringWithoutLengthAscii(final int index, final CharSequence text) {
        return bare().putStringWithoutLengthAscii(index, text);
    }

    @Override
    default int putStringWithoutLengthAscii(
            final int index, final String text, final int textOffset, final int length) {
        return bare().putStringWithoutLengthAscii(index, text, textOffset, length);
    }

    @Override
    default int putStringWithoutLengthAscii(
            final int index, final CharSequence text, final int textOffset, final int length) {
        return bare().putStringWithoutLengthAscii(index, text, textOffset, length);
    }

    @Override
    default int putStringUtf8(final int index, final String text) {
        return bare().putStringUtf8(index, text);
    }

    @Override
    default int putStringUtf8(final int index, final String text, final ByteOrder order) {
        return bare().putStringUtf8(index, text, order);
    }

    @Override
    default int putStringUtf8(final int index, final String text, final int maxLength) {
        return bare().putStringUtf8(index, text, maxLength);
    }

    @Override
    default int putStringUtf8(final int index, final String text, final ByteOrder order, final int maxLength) {
        return bare().putStringUtf8(index, text, order, maxLength);
    }

    @Override
    default int putStringWithoutLengthUtf8(final int index, final String text) {
        return bare().putStringWithoutLengthUtf8(index, text);
    }
}
