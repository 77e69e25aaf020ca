package io.condatis.structure;

import io.condatis.internal.os.Region;
import java.util.Objects;

/**
 * A field of a {@link Structure} that holds several structures of one class side by side.
 *
 * @param <T> their class
 */
public final class StructureField<T extends Structure> {
    private final Structure owner;
    private final int offset;
    private final T cursor;
    private final int length;
    private Region region;

    StructureField(final Structure owner, final int offset, final T cursor, final int length) {
        this.owner = owner;
        this.offset = offset;
        this.cursor = cursor;
        this.length = length;
    }

    /** {@return where it begins in the structure, in bytes} */
    public int offset() {
        return offset;
    }

    /** {@return the number of structures} */
    public int length() {
        return length;
    }

    /**
     * Moves the cursor, of which there is one.
     *
     * @param index 0 to length - 1
     * @return the cursor, there until the next call, or until the structure around it moves
     */
    public T at(final int index) {
        Objects.checkIndex(index, length);
        cursor.moveTo(region, owner.addressOf(offset) + (long) index * cursor.size());
        return cursor;
    }

    void moveTo(final Region outer, final long outerAddress) {
        region = outer;
        cursor.moveTo(outer, outerAddress + offset);
    }
}
