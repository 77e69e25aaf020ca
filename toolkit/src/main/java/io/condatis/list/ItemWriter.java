package io.condatis.list;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Changes items: one writer at a time among Java processes, in the order of {@link FooterDescriptor}. */
final class ItemWriter {
    private final String name;
    private final Items items;
    private final ItemReader reader;
    private final WriterGate gate;

    ItemWriter(final String name, final Items items, final ItemReader reader, final WriterGate gate) {
        this.name = name;
        this.items = items;
        this.reader = reader;
        this.gate = gate;
    }

    /** {@return the item before} */
    Object set(final int index, final Object value) {
        if (value instanceof String text) {
            return setBytes(index, text.getBytes(StandardCharsets.UTF_8), ItemFormat.CODE_STRING);
        }
        if (value instanceof byte[] bytes) {
            return setBytes(index, bytes, ItemFormat.CODE_BYTES);
        }
        final long format = NewItem.formatOf(value, index);
        gate.enter();
        try {
            final Object before = reader.previous(index);
            putWord(index, format, NewItem.wordOf(value));
            return before;
        } finally {
            gate.leave();
        }
    }

    /** Puts a number, of type format, without looking at what was there. */
    void setWord(final int index, final long format, final long word) {
        gate.enter();
        try {
            putWord(index, format, word);
        } finally {
            gate.leave();
        }
    }

    boolean compareAndSetLong(final int index, final long expected, final long value) {
        gate.enter();
        try {
            requireLong(index);
            return items.compareAndSetWord(index, expected, value);
        } finally {
            gate.leave();
        }
    }

    long getAndAddLong(final int index, final long delta) {
        gate.enter();
        try {
            requireLong(index);
            return items.getAndAddWord(index, delta);
        } finally {
            gate.leave();
        }
    }

    private void requireLong(final int index) {
        if (items.format(index) != ItemFormat.LONG) {
            throw reader.wrongType(index, "no int");
        }
    }

    private void putWord(final int index, final long format, final long word) {
        final byte code = format == ItemFormat.NONE ? ItemFormat.CODE_NONE : ItemFormat.CODE_PLAIN;
        if (items.format(index) == format && items.code(index) == code) {
            items.setWord(index, word);
        } else {
            final byte[] data = new byte[Long.BYTES];
            ItemWords.put(data, word);
            gate.change(index, format, code, data);
        }
    }

    private Object setBytes(final int index, final byte[] bytes, final byte code) {
        final int capacity = items.layout.capacityOf(index);
        if (bytes.length > capacity) {
            throw new IllegalArgumentException("Item " + index + " of list '" + name + "' has room for " + capacity
                    + " bytes, the new one has " + bytes.length + " in UTF-8: make the list with a longer one first.");
        }
        final byte[] data = Arrays.copyOf(bytes, capacity);
        gate.enter();
        try {
            final Object before = reader.previous(index);
            final long format = items.format(index);
            final int length = ItemFormat.lengthIn(format);
            final boolean fits = length >= bytes.length && length <= capacity;
            gate.change(index, fits ? format : ItemFormat.ofLength(capacity), code, data);
            return before;
        } finally {
            gate.leave();
        }
    }
}
