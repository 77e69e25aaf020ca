package io.condatis.internal.protocol;

/**
 * Layout of one cell of windows: what one session may do with one queue without asking the server. Little endian, two
 * cache lines, so that no two sessions share one.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Taken       sequence of the last delivery taken; wraps       |
 *  +-----------------------------+-------------------------------+-+
 *  |  Generation of the cell     |  Ahead  deliveries to take    |N|
 *  +-----------------------------+-------------------------------+-+
 *  |  Done        every delivery up to this sequence is done       |
 *  +-----------------------------+-------------------------------+-+
 *  |  Generation of the cell     |  0                            |N|
 *  +-----------------------------+-------------------------------+-+
 *  |  Received    the last answer to a request that has arrived   |
 *  +-----------------------------+---------------------------------+
 *  |  Generation of the cell     |  0                              |
 *  +-----------------------------+---------------------------------+
 *  |                     40 bytes of padding                      ...
 *  +---------------------------------------------------------------+
 *  |  Puts        credits left: items that the client may stream   |
 *  +-----------------------------+---------------------------------+
 *  |  Generation of the cell     |  0                              |
 *  +-----------------------------+---------------------------------+
 *  |                     56 bytes of padding                      ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>{@code Taken} and {@code Ahead} are one word, so that taking and recalling exclude each other: each is one CAS. {@code N}
 * asks the client to send QueueTaken when it moves the word next. {@code Puts} is taken from by the client by CAS and added
 * to or emptied by the server. Every word carries the generation of the cell, one more each time it is allotted: a client
 * whose session has ended, but whose process has not noticed, changes nothing. Nothing else is kept anywhere: a process that
 * dies between any two instructions leaves every word true.
 */
final class WindowDescriptor {
    static final int TAKES_OFFSET = 0;
    static final int DONE_OFFSET = 8;
    static final int RECEIVED_OFFSET = 16;
    static final int PUTS_OFFSET = 64;
    static final int LENGTH = 128;

    static final long SEQUENCE_MASK = 0xFFFF_FFFFL;
    static final int GENERATION_SHIFT = 32;
    static final long GENERATION_MASK = 0x7FFFL;
    static final int AHEAD_SHIFT = 47;
    static final long AHEAD_MASK = 0xFFFFL;
    static final long NOTIFY = 1L << 63;

    private WindowDescriptor() {}
}
