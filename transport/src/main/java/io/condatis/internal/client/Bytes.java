package io.condatis.internal.client;

import org.agrona.ExpandableArrayBuffer;

/** Some bytes in a buffer that is used again and again. */
public final class Bytes {
    private static final int INITIAL_CAPACITY = 256;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_CAPACITY);
    private int length;

    Bytes() {}

    /** {@return where the bytes are, from offset 0; grows when written behind its end} */
    public ExpandableArrayBuffer buffer() {
        return buffer;
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
