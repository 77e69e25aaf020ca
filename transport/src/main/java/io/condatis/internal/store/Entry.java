package io.condatis.internal.store;

import org.agrona.DirectBuffer;

/** A dict's entry. */
final class Entry {
    final byte[] key;
    final int hash;
    /** Place in the order of insertion; a changed value keeps it. */
    final long number;

    final Body value = new Body();
    /** Where {@link EntryOrder} holds it. */
    int index;

    Entry(final byte[] key, final int hash, final long number) {
        this.key = key;
        this.hash = hash;
        this.number = number;
    }

    boolean hasKey(final DirectBuffer buffer, final int offset, final int length) {
        return ByteContent.equal(key, 0, key.length, buffer, offset, length);
    }

    boolean hasValue(final DirectBuffer buffer) {
        return ByteContent.equal(value.bytes(), Body.OFFSET, value.length(), buffer, 0, buffer.capacity());
    }

    /** {@return what it counts against the limits on bytes} */
    long cost() {
        return cost(key.length, value.length());
    }

    static long cost(final int keyLength, final int valueLength) {
        return (long) keyLength + valueLength + StoreLimits.OVERHEAD_BYTES;
    }
}
