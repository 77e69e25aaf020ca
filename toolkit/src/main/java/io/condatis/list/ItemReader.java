package io.condatis.list;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads items while others write. What Java processes write is told whole by the footer's sequences. What CPython writes
 * has no such mark: it empties the format and the data before it fills them, so a format that is none, a type that changed
 * under the reader, bytes that differ when read again and cut UTF-8 all mean "again".
 */
final class ItemReader {
    private static final Object AGAIN = new Object();
    private static final int SPINS = 100;
    private static final long NAP_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final Items items;
    private final Footer footer;
    private final AtomicLong retries = new AtomicLong();

    /**
     * @param name of the list
     * @param items of the list
     * @param footer null when there is none
     */
    ItemReader(final String name, final Items items, final Footer footer) {
        this.name = name;
        this.items = items;
        this.footer = footer;
    }

    long retries() {
        return retries.get();
    }

    private long sequence(final int index) {
        return footer == null ? 0 : footer.sequence(index);
    }

    ClassCastException wrongType(final int index, final String what) {
        return new ClassCastException("Item " + index + " of list '" + name + "' is " + what + " but has format '"
                + ItemFormat.text(items.format(index)) + "': read it with get.");
    }

    Object get(final int index) {
        for (int i = 0; i < SPINS; i++) {
            final long before = sequence(index);
            if ((before & 1) == 0) {
                final Object value = attempt(index, false);
                if (value != AGAIN && sequence(index) == before) {
                    return value;
                }
            }
            retries.incrementAndGet();
            Thread.onSpinWait();
        }
        return getPatiently(index);
    }

    private Object getPatiently(final int index) {
        final long startNs = System.nanoTime();
        while (true) {
            final Object value = attemptAlone(index);
            if (value != AGAIN) {
                return value;
            }
            if (System.nanoTime() - startNs > DEADLINE_NS) {
                throw new InconsistentItemException("Item " + index + " of list '" + name
                        + "' stays half-written: format '" + ItemFormat.text(items.format(index)) + "', code "
                        + items.code(index) + ". Its writer, not a JVM, has probably died: set the item anew.");
            }
            retries.incrementAndGet();
            LockSupport.parkNanos(NAP_NS);
        }
    }

    /** Without other Java processes; the first one inside also finishes what a killed writer began. */
    private Object attemptAlone(final int index) {
        if (footer == null) {
            return attempt(index, true);
        }
        footer.enter();
        try {
            return attempt(index, true);
        } finally {
            footer.leave();
        }
    }

    /** {@return the item for its writer, who is alone; null when a dead process left it half-written} */
    Object previous(final int index) {
        Object value = AGAIN;
        for (int i = 0; i < SPINS && value == AGAIN; i++) {
            value = attempt(index, true);
        }
        return value == AGAIN ? null : value;
    }

    private Object attempt(final int index, final boolean lenient) {
        final long format = items.format(index);
        final byte code = items.code(index);
        if (!ItemFormat.isWhole(format, code)) {
            return AGAIN;
        }
        final Object value = code == ItemFormat.CODE_STRING || code == ItemFormat.CODE_BYTES
                ? text(index, format, code, lenient)
                : plain(format, items.word(index));
        return items.format(index) == format && items.code(index) == code ? value : AGAIN;
    }

    private static Object plain(final long format, final long word) {
        if (format == ItemFormat.LONG) {
            return word;
        }
        if (format == ItemFormat.DOUBLE) {
            return Double.longBitsToDouble(word);
        }
        return format == ItemFormat.NONE ? null : (Object) ItemWords.toBoolean(word);
    }

    private Object text(final int index, final long format, final byte code, final boolean lenient) {
        final byte[] bytes = new byte[Math.min(items.layout.capacityOf(index), ItemFormat.lengthIn(format))];
        items.copy(index, bytes);
        if (!items.holds(index, bytes)) {
            return AGAIN;
        }
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return code == ItemFormat.CODE_BYTES ? Arrays.copyOf(bytes, length) : decoded(bytes, length, lenient);
    }

    private static Object decoded(final byte[] bytes, final int length, final boolean lenient) {
        if (lenient) {
            return new String(bytes, 0, length, StandardCharsets.UTF_8);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (final CharacterCodingException e) {
            return AGAIN;
        }
    }
}
