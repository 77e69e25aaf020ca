package io.condatis.memory;

import static org.agrona.BitUtil.SIZE_OF_INT;
import static org.agrona.BitUtil.SIZE_OF_LONG;

/**
 * Layout of an entry in an arena's directory: what an object is called, what it is and where it lies.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  State            0 = free, 1 = used; written last, release   |
 *  +---------------------------------------------------------------+
 *  |  Name length      in bytes of UTF-8                           |
 *  +---------------------------------------------------------------+
 *  |  Incarnation      unique within the arena                     |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Offset           of the record in the file, multiple of 128  |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Length           of the record, without padding up to 128    |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Count            of elements; 1 unless an array              |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |  Kind             {@link ObjectKind#code()}                          |
 *  +---------------------------------------------------------------+
 *  |  Element type     as in Python's struct: 'q', 'd'; 0 = none   |
 *  +---------------------------------------------------------------+
 *  |  Name             80 bytes                                  ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Read and written by the holder of the directory lock only. All fields but State mean something only while State is
 * used, and the heap is free where no used entry lies. So the one store of State makes or removes an object, and a
 * process that is killed before it leaves nothing to repair.
 */
final class EntryDescriptor {
    static final int FREE = 0;
    static final int USED = 1;

    static final int STATE_OFFSET = 0;
    static final int NAME_LENGTH_OFFSET = STATE_OFFSET + SIZE_OF_INT;
    static final int INCARNATION_OFFSET = NAME_LENGTH_OFFSET + SIZE_OF_INT;
    static final int RECORD_OFFSET_OFFSET = INCARNATION_OFFSET + SIZE_OF_LONG;
    static final int RECORD_LENGTH_OFFSET = RECORD_OFFSET_OFFSET + SIZE_OF_LONG;
    static final int COUNT_OFFSET = RECORD_LENGTH_OFFSET + SIZE_OF_LONG;
    static final int KIND_OFFSET = COUNT_OFFSET + SIZE_OF_LONG;
    static final int ELEMENT_TYPE_OFFSET = KIND_OFFSET + SIZE_OF_INT;
    static final int NAME_OFFSET = ELEMENT_TYPE_OFFSET + SIZE_OF_INT;

    static final int LENGTH = 128;
    static final int MAX_NAME_LENGTH = LENGTH - NAME_OFFSET;

    private EntryDescriptor() {}
}
