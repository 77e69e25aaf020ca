package io.condatis.list;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An item on its way into a list that is being made.
 *
 * @param format see {@link ItemFormat}
 * @param code see {@link ItemFormat}
 * @param data as long as the item's place is to be, a multiple of 8
 */
record NewItem(long format, byte code, byte[] data) {
    private static final int WORD = Long.BYTES;

    /**
     * @throws IllegalArgumentException when a list cannot hold it
     */
    static NewItem of(final Object value, final int index) {
        if (value instanceof String text) {
            return ofBytes(text.getBytes(StandardCharsets.UTF_8), ItemFormat.CODE_STRING, index);
        }
        if (value instanceof byte[] bytes) {
            return ofBytes(bytes, ItemFormat.CODE_BYTES, index);
        }
        final long format = formatOf(value, index);
        final byte[] data = new byte[WORD];
        ItemWords.put(data, wordOf(value));
        return new NewItem(format, value == null ? ItemFormat.CODE_NONE : ItemFormat.CODE_PLAIN, data);
    }

    /** By bytes in UTF-8, where CPython counts characters and cuts. */
    private static NewItem ofBytes(final byte[] bytes, final byte code, final int index) {
        final long capacity = WORD * (bytes.length / WORD + 1L);
        if (capacity > ItemFormat.MAX_LENGTH) {
            throw new IllegalArgumentException("Item " + index + " has " + bytes.length + " bytes; the longest has "
                    + (ItemFormat.MAX_LENGTH / WORD * WORD - 1) + ": put it into a SharedMemory of its own.");
        }
        return new NewItem(ItemFormat.ofLength((int) capacity), code, Arrays.copyOf(bytes, (int) capacity));
    }

    /** {@return the format of what is no text and no bytes} */
    static long formatOf(final Object value, final int index) {
        if (value == null) {
            return ItemFormat.NONE;
        }
        if (value instanceof Boolean) {
            return ItemFormat.BOOLEAN;
        }
        if (value instanceof Double || value instanceof Float) {
            return ItemFormat.DOUBLE;
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ItemFormat.LONG;
        }
        throw new IllegalArgumentException(
                "Item " + index + " is a " + value.getClass().getName()
                        + "; a list holds Long (and Integer, Short, Byte), Double (and Float), Boolean, String, byte[] and"
                        + " null.");
    }

    /** {@return the eight bytes of what is no text and no bytes} */
    static long wordOf(final Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Boolean flag) {
            return ItemWords.ofBoolean(flag);
        }
        final Number number = (Number) value;
        return value instanceof Double || value instanceof Float
                ? Double.doubleToRawLongBits(number.doubleValue())
                : number.longValue();
    }
}
