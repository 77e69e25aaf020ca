package io.condatis.internal.protocol;

import static org.agrona.BitUtil.CACHE_LINE_LENGTH;
import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;
import static org.agrona.BitUtil.align;

import io.condatis.sync.Doorbell;
import io.condatis.sync.Participants;

/**
 * Layout of the file that a manager's server and its clients map. Little endian.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Magic            written last, release: the server serves    |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Layout version   written before the file has its name        |
 *  +---------------------------------------------------------------+
 *  |  Protocol version of the server, likewise                     |
 *  +---------------------------------------------------------------+
 *  |  Server slot      in the participants, likewise               |
 *  +---------------------------------------------------------------+
 *  |  Server slot's generation, likewise                           |
 *  +---------------------------------------------------------------+
 *  |  Server process id, for display, likewise                     |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Metrics port     of the loopback, 0 when there is none        |
 *  +---------------------------------------------------------------+
 *  |                     92 bytes of padding                      ...
 *  +---------------------------------------------------------------+
 *  |  Participants     server and clients, see ParticipantsDescriptor
 * ...                                                              |
 *  +---------------------------------------------------------------+
 *  |  Doorbells        a cache line for each participant slot      |
 * ...                                                              |
 *  +---------------------------------------------------------------+
 *  |  Windows          {@value #WINDOW_COUNT} cells, see WindowDescriptor
 * ...                                                              |
 *  +---------------------------------------------------------------+
 * </pre>
 */
final class ManagerFileDescriptor {
    static final long MAGIC = 0x3152_474D_5444_4E43L; // "CNDTMGR1"
    static final int LAYOUT_VERSION = 1;
    static final int WINDOW_COUNT = 1024;

    static final int MAGIC_OFFSET = 0;
    static final int LAYOUT_VERSION_OFFSET = MAGIC_OFFSET + SIZE_OF_LONG;
    static final int PROTOCOL_VERSION_OFFSET = LAYOUT_VERSION_OFFSET + SIZE_OF_INT;
    static final int SERVER_SLOT_OFFSET = PROTOCOL_VERSION_OFFSET + SIZE_OF_INT;
    static final int SERVER_GENERATION_OFFSET = SERVER_SLOT_OFFSET + SIZE_OF_INT;
    static final int SERVER_PID_OFFSET = SERVER_GENERATION_OFFSET + SIZE_OF_INT;
    static final int METRICS_PORT_OFFSET = SERVER_PID_OFFSET + SIZE_OF_LONG;
    static final int PARTICIPANTS_OFFSET = 2 * CACHE_LINE_LENGTH;
    static final int DOORBELLS_OFFSET = align(PARTICIPANTS_OFFSET + Participants.lengthBytes(), 2 * CACHE_LINE_LENGTH);
    static final int WINDOWS_OFFSET =
            align(DOORBELLS_OFFSET + Participants.SLOTS * Doorbell.LENGTH, 2 * CACHE_LINE_LENGTH);
    static final int LENGTH = WINDOWS_OFFSET + WindowCells.lengthBytes(WINDOW_COUNT);

    private ManagerFileDescriptor() {}
}
