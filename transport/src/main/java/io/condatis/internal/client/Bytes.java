package io.condatis.internal.client;

import org.agrona.ExpandableArrayBuffer;

/** Some bytes in a buffer that is used again and again. */
public final class Bytes {
    static final int MAX_CAPACITY_AT_REST = 256 << 10;

    private static final int INITIAL_CAPACITY = 256;

    private ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_CAPACITY);
    private int length;

    Bytes() {}

    /** {@return where the bytes are, from offset 0; grows when written behind its end} */
    public ExpandableArrayBuffer buffer() {
        return buffer;
    }

    /** Give up memory that only a large value needed. */
    void trim() {
        if (buffer.capacity() > MAX_CAPACITY_AT_REST) {
            buffer = new ExpandableArrayBuffer(INITIAL_CAPACITY);
        }
    }

    /** {@return how many there are} */
    public int length() {
        return length;
    }

    /**
     * Say how many bytes were written.
     *
     * @param written from offset 0
     */
    public void length(final int written) {
        length = written;
    }
}
