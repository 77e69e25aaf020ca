package io.condatis.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Every read of a {@link GuardedBuffer}: asks whether the memory is still open, then reads. One of three interfaces
 * that mirror Agrona's, which is all they hold.
 */
interface GuardedReads extends DirectBuffer {
    /**
     * The buffer without the guard.
     *
     * @return only to be used for one operation
     * @throws IllegalStateException when the memory has been closed
     */
    UnsafeBuffer bare();

    @Override
    default long addressOffset() {
        return bare().addressOffset();
    }

    @Override
    default byte[] byteArray() {
        return bare().byteArray();
    }

    @Override
    default ByteBuffer byteBuffer() {
        return bare().byteBuffer();
    }

    @Override
    default void checkLimit(final int limit) {
        bare().checkLimit(limit);
    }

    @Override
    default long getLong(final int index, final ByteOrder order) {
        return bare().getLong(index, order);
    }

    @Override
    default long getLong(final int index) {
        return bare().getLong(index);
    }

    @Override
    default int getInt(final int index, final ByteOrder order) {
        return bare().getInt(index, order);
    }

    @Override
    default int getInt(final int index) {
        return bare().getInt(index);
    }

    @Override
    default int parseNaturalIntAscii(final int index, final int length) {
        return bare().parseNaturalIntAscii(index, length);
    }

    @Override
    default long parseNaturalLongAscii(final int index, final int length) {
        return bare().parseNaturalLongAscii(index, length);
    }

    @Override
    default int parseIntAscii(final int index, final int length) {
        return bare().parseIntAscii(index, length);
    }

    @Override
    default long parseLongAscii(final int index, final int length) {
        return bare().parseLongAscii(index, length);
    }

    @Override
    default double getDouble(final int index, final ByteOrder order) {
        return bare().getDouble(index, order);
    }

    @Override
    default double getDouble(final int index) {
        return bare().getDouble(index);
    }

    @Override
    default float getFloat(final int index, final ByteOrder order) {
        return bare().getFloat(index, order);
    }

    @Override
    default float getFloat(final int index) {
        return bare().getFloat(index);
    }

    @Override
    default short getShort(final int index, final ByteOrder order) {
        return bare().getShort(index, order);
    }

    @Override
    default short getShort(final int index) {
        return bare().getShort(index);
    }

    @Override
    default char getChar(final int index, final ByteOrder order) {
        return bare().getChar(index, order);
    }

    @Override
    default char getChar(final int index) {
        return bare().getChar(index);
    }

    @Override
    default byte getByte(final int index) {
        return bare().getByte(index);
    }

    @Override
    default void getBytes(final int index, final byte[] bytes) {
        bare().getBytes(index, bytes);
    }

    @Override
    default void getBytes(final int index, final byte[] bytes, final int otherOffset, final int length) {
        bare().getBytes(index, bytes, otherOffset, length);
    }

    @Override
    default void getBytes(final int index, final MutableDirectBuffer target, final int otherOffset, final int length) {
        bare().getBytes(index, target, otherOffset, length);
    }

    @Override
    default void getBytes(final int index, final ByteBuffer bytes, final int length) {
        bare().getBytes(index, bytes, length);
    }

    @Override
    default void getBytes(final int index, final ByteBuffer bytes, final int otherOffset, final int length) {
        bare().getBytes(index, bytes, otherOffset, length);
    }

    @Override
    default String getStringAscii(final int index) {
        return bare().getStringAscii(index);
    }

    @Override
    default int getStringAscii(final int index, final Appendable target) {
        return bare().getStringAscii(index, target);
    }

    @Override
    default String getStringAscii(final int index, final ByteOrder order) {
        return bare().getStringAscii(index, order);
    }

    @Override
    default int getStringAscii(final int index, final Appendable target, final ByteOrder order) {
        return bare().getStringAscii(index, target, order);
    }

    @Override
    default String getStringAscii(final int index, final int length) {
        return bare().getStringAscii(index, length);
    }

    @Override
    default int getStringAscii(final int index, final int length, final Appendable target) {
        return bare().getStringAscii(index, length, target);
    }

    @Override
    default String getStringWithoutLengthAscii(final int index, final int length) {
        return bare().getStringWithoutLengthAscii(index, length);
    }

    @Override
    default int getStringWithoutLengthAscii(final int index, final int length, final Appendable target) {
        return bare().getStringWithoutLengthAscii(index, length, target);
    }

    @Override
    default String getStringUtf8(final int index) {
        return bare().getStringUtf8(index);
    }

    @Override
    default String getStringUtf8(final int index, final ByteOrder order) {
        return bare().getStringUtf8(index, order);
    }

    @Override
    default String getStringUtf8(final int index, final int length) {
        return bare().getStringUtf8(index, length);
    }

    @Override
    default String getStringWithoutLengthUtf8(final int index, final int length) {
        return bare().getStringWithoutLengthUtf8(index, length);
    }

    @Override
    default void boundsCheck(final int index, final int length) {
        bare().boundsCheck(index, length);
    }

    @Override
    default int wrapAdjustment() {
        return bare().wrapAdjustment();
    }

    @Override
    default int compareTo(final DirectBuffer other) {
        return bare().compareTo(other);
    }
}
