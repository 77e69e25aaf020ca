package io.condatis.internal.protocol;

import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Layout of one cell of windows: what one session may do with one queue without asking the server. Little endian, two
 * cache lines, so that no two sessions share one.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Takes, low   sequence of the last delivery taken             |
 *  +-+-------------------------------------------------------------+
 *  |N|  Takes, high   last sequence that may be taken (31 bits)    |
 *  +-+-------------------------------------------------------------+
 *  |                     56 bytes of padding                      ...
 *  +---------------------------------------------------------------+
 *  |  Puts   credits left: items that the client may stream        |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                     56 bytes of padding                      ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code Takes} is one word so that taking and recalling exclude each other: the client moves {@code taken} by CAS, the
 * server moves the limit, or both, by CAS. {@code N} asks the client to send QueueTaken at its next take. Sequences are 31
 * bits, start at 0 and wrap. {@code Puts} is taken from by the client by CAS and added to or emptied by the server. Nothing
 * else is kept anywhere: a process that dies between any two instructions leaves both words true.
 */
final class WindowDescriptor {
    static final int TAKES_OFFSET = 0;
    static final int PUTS_OFFSET = 64;
    static final int LENGTH = 128;

    static final long TAKEN_MASK = 0x7FFF_FFFFL;
    static final int LIMIT_SHIFT = 32;
    static final long NOTIFY = 1L << 63;

    static {
        if (PUTS_OFFSET + SIZE_OF_LONG > LENGTH) {
            throw new AssertionError("the cell does not hold its words");
        }
    }

    private WindowDescriptor() {}
}
