package io.condatis.internal.protocol;

/**
 * Layout of one cell of windows: what one session may do with one queue without asking the server. Little endian, two
 * cache lines, so that no two sessions share one.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Taken    sequence of the last delivery taken; wraps          |
 *  +-+-------------------------------------------------------------+
 *  |N|  Ahead  how many deliveries after it may be taken           |
 *  +-+-------------------------------------------------------------+
 *  |                     56 bytes of padding                      ...
 *  +---------------------------------------------------------------+
 *  |  Puts     credits left: items that the client may stream      |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                     56 bytes of padding                      ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code Taken} and {@code Ahead} are one word, so that taking and recalling exclude each other: each is one CAS. {@code N}
 * asks the client to send QueueTaken at its next take. {@code Puts} is taken from by the client by CAS and added to or
 * emptied by the server. Nothing else is kept anywhere: a process that dies between any two instructions leaves both words
 * true.
 */
final class WindowDescriptor {
    static final int TAKES_OFFSET = 0;
    static final int PUTS_OFFSET = 64;
    static final int LENGTH = 128;

    static final long TAKEN_MASK = 0xFFFF_FFFFL;
    static final int AHEAD_SHIFT = 32;
    static final long AHEAD_MASK = 0x7FFF_FFFFL;
    static final long NOTIFY = 1L << 63;

    private WindowDescriptor() {}
}
