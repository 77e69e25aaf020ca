package io.condatis.structure;

import org.agrona.BitUtil;

/**
 * Layout of a snapshot, from a multiple of 64, in the byte order of the machine.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |  Version          n: how often something was published; n's   |
 *  |                   structure is in cell n &amp; 1                  |
 *  +---------------------------------------------------------------+
 *  |  Reserved up to 64                                          ...
 *  +---------------------------------------------------------------+
 *  |  Cell 0           a structure, padded to a multiple of 64   ...
 *  +---------------------------------------------------------------+
 *  |  Cell 1           likewise                                  ...
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The writer alone writes. Version is stored by release after the cell it names is filled; anybody may read all at
 * any time and trusts a copy of a cell if Version is the same before and after.
 */
final class SnapshotDescriptor {
    static final int VERSION_OFFSET = 0;
    static final int CELLS_OFFSET = 64;
    static final int ALIGNMENT = 64;

    private SnapshotDescriptor() {}

    static int cellLength(final int structureSize) {
        return BitUtil.align(structureSize, ALIGNMENT);
    }

    static int length(final int structureSize) {
        return CELLS_OFFSET + 2 * cellLength(structureSize);
    }
}
