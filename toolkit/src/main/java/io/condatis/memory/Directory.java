package io.condatis.memory;

import static io.condatis.memory.ArenaDescriptor.ALIGNMENT;
import static io.condatis.memory.ArenaDescriptor.CAPACITY_OFFSET;
import static io.condatis.memory.ArenaDescriptor.DIRECTORY_OFFSET;
import static io.condatis.memory.ArenaDescriptor.ENTRIES_OFFSET;
import static io.condatis.memory.ArenaDescriptor.INCARNATIONS_OFFSET;
import static io.condatis.memory.EntryDescriptor.COUNT_OFFSET;
import static io.condatis.memory.EntryDescriptor.ELEMENT_TYPE_OFFSET;
import static io.condatis.memory.EntryDescriptor.FREE;
import static io.condatis.memory.EntryDescriptor.INCARNATION_OFFSET;
import static io.condatis.memory.EntryDescriptor.KIND_OFFSET;
import static io.condatis.memory.EntryDescriptor.MAX_NAME_LENGTH;
import static io.condatis.memory.EntryDescriptor.NAME_LENGTH_OFFSET;
import static io.condatis.memory.EntryDescriptor.NAME_OFFSET;
import static io.condatis.memory.EntryDescriptor.RECORD_LENGTH_OFFSET;
import static io.condatis.memory.EntryDescriptor.RECORD_OFFSET_OFFSET;
import static io.condatis.memory.EntryDescriptor.STATE_OFFSET;
import static io.condatis.memory.EntryDescriptor.USED;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.CrashPoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The directory of an arena and the heap that it describes. Every method is for the holder of the directory lock.
 *
 * <p>The entries are the only truth about the heap: what no used entry covers is free, and the first gap that is large
 * enough is taken. There is no free list that a killed process could leave half changed.
 */
final class Directory {
    /** The result of {@link #find} when there is none. */
    static final int ABSENT = -1;

    private final UnsafeBuffer memory;
    private final String owner;
    private final int entries;
    private final int heapOffset;
    private final long capacity;

    Directory(final UnsafeBuffer memory, final String owner) {
        this.memory = memory;
        this.owner = owner;
        this.entries = memory.getInt(ENTRIES_OFFSET);
        this.heapOffset = ArenaDescriptor.heapOffset(entries);
        this.capacity = memory.getLong(CAPACITY_OFFSET);
    }

    long capacity() {
        return capacity;
    }

    /** {@return the entry's offset in the file, or {@link #ABSENT}} */
    int find(final byte[] name) {
        for (int i = 0; i < entries; i++) {
            final int entry = entryAt(i);
            if (isUsed(entry) && hasName(entry, name)) {
                return entry;
            }
        }
        return ABSENT;
    }

    ObjectType typeOf(final int entry) {
        return new ObjectType(
                memory.getInt(entry + KIND_OFFSET),
                (char) memory.getInt(entry + ELEMENT_TYPE_OFFSET),
                memory.getLong(entry + COUNT_OFFSET));
    }

    Placement placementOf(final int entry) {
        requireRecord(entry);
        final int offset = (int) memory.getLong(entry + RECORD_OFFSET_OFFSET);
        final int length = (int) memory.getLong(entry + RECORD_LENGTH_OFFSET);
        final Access access = new Access("'" + nameOf(entry) + "' in " + owner);
        final AtomicBuffer buffer = new GuardedBuffer(new UnsafeBuffer(memory, offset, length), access);
        return new Placement(memory.getLong(entry + INCARNATION_OFFSET), typeOf(entry), access, buffer);
    }

    /**
     * Makes an object.
     *
     * @param name not yet in the directory
     * @param type what it is
     * @param lengthBytes of its record
     * @param initialiser fills the record, which is zero, before anybody can find it
     * @return its entry
     * @throws OutOfSharedMemoryException when heap or directory have no room; nothing has changed then
     */
    int add(
            final byte[] name,
            final ObjectType type,
            final long lengthBytes,
            final Consumer<AtomicBuffer> initialiser) {
        final int entry = freeEntry(name);
        final long reserved = reservedFor(lengthBytes);
        final int offset = freeRecord(name, reserved);
        final long incarnation = memory.getLong(INCARNATIONS_OFFSET) + 1;
        memory.putLong(INCARNATIONS_OFFSET, incarnation);
        memory.putLong(entry + INCARNATION_OFFSET, incarnation);
        memory.putLong(entry + RECORD_OFFSET_OFFSET, offset);
        memory.putLong(entry + RECORD_LENGTH_OFFSET, lengthBytes);
        memory.putLong(entry + COUNT_OFFSET, type.count());
        memory.putInt(entry + KIND_OFFSET, type.kindCode());
        memory.putInt(entry + ELEMENT_TYPE_OFFSET, type.elementType());
        memory.putInt(entry + NAME_LENGTH_OFFSET, name.length);
        memory.putBytes(entry + NAME_OFFSET, name);
        memory.setMemory(offset, (int) reserved, (byte) 0);
        crashPoint("arena.reserved");
        initialiser.accept(new UnsafeBuffer(memory, offset, (int) lengthBytes));
        crashPoint("arena.initialised");
        memory.putIntRelease(entry + STATE_OFFSET, USED);
        crashPoint("arena.added");
        return entry;
    }

    void remove(final int entry) {
        memory.putIntRelease(entry + STATE_OFFSET, FREE);
        crashPoint("arena.removed");
    }

    List<ObjectEntry> list() {
        final List<ObjectEntry> list = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            final int entry = entryAt(i);
            if (isUsed(entry)) {
                list.add(new ObjectEntry(nameOf(entry), typeOf(entry), reservedBy(entry)));
            }
        }
        return list;
    }

    long freeBytes() {
        long free = capacity;
        for (int i = 0; i < entries; i++) {
            final int entry = entryAt(i);
            if (isUsed(entry)) {
                free -= reservedBy(entry);
            }
        }
        return free;
    }

    private static long reservedFor(final long lengthBytes) {
        return Math.max(ALIGNMENT, BitUtil.align(lengthBytes, ALIGNMENT));
    }

    private long reservedBy(final int entry) {
        requireRecord(entry);
        return reservedFor(memory.getLong(entry + RECORD_LENGTH_OFFSET));
    }

    /** Nothing that was written over an entry leads outside of the heap. */
    private void requireRecord(final int entry) {
        final long offset = memory.getLong(entry + RECORD_OFFSET_OFFSET);
        final long length = memory.getLong(entry + RECORD_LENGTH_OFFSET);
        final long end = heapOffset + capacity;
        if (offset < heapOffset || offset > end || offset % ALIGNMENT != 0 || length < 0 || length > end - offset) {
            throw new IncompatibleLayoutException("The directory of " + owner + " is damaged: '" + nameOf(entry)
                    + "' is to have " + length + " bytes at offset " + offset + ", the objects lie from " + heapOffset
                    + " to " + end + ". Something has written over it: remove that object, or create all anew.");
        }
    }

    private int entryAt(final int index) {
        return DIRECTORY_OFFSET + index * EntryDescriptor.LENGTH;
    }

    private boolean isUsed(final int entry) {
        return memory.getIntAcquire(entry + STATE_OFFSET) == USED;
    }

    private boolean hasName(final int entry, final byte[] name) {
        if (memory.getInt(entry + NAME_LENGTH_OFFSET) != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (memory.getByte(entry + NAME_OFFSET + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private String nameOf(final int entry) {
        final int length = Math.max(0, Math.min(memory.getInt(entry + NAME_LENGTH_OFFSET), MAX_NAME_LENGTH));
        final byte[] name = new byte[length];
        memory.getBytes(entry + NAME_OFFSET, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private int freeEntry(final byte[] name) {
        for (int i = 0; i < entries; i++) {
            if (!isUsed(entryAt(i))) {
                return entryAt(i);
            }
        }
        throw new OutOfSharedMemoryException(
                "'" + new String(name, StandardCharsets.UTF_8) + "' does not fit into " + owner + ": all " + entries
                        + " places of its directory are taken. Remove objects, put many into an array, or create it"
                        + " with a larger capacity, which has a place for each 1024 bytes.",
                null);
    }

    private int freeRecord(final byte[] name, final long reserved) {
        final long[] records = recordsByOffset();
        long end = heapOffset;
        long largest = 0;
        for (int i = 0; i <= records.length; i++) {
            final long next = i < records.length ? records[i] >>> Integer.SIZE : heapOffset + capacity;
            if (next - end >= reserved) {
                return (int) end;
            }
            largest = Math.max(largest, next - end);
            end = i < records.length ? Math.max(end, next + (int) records[i]) : end;
        }
        throw new OutOfSharedMemoryException(
                "'" + new String(name, StandardCharsets.UTF_8) + "' does not fit into " + owner + ": need=" + reserved
                        + " bytes, free=" + freeBytes() + " bytes, largest gap=" + largest + ", capacity=" + capacity
                        + ". Create it with a larger capacity, or remove objects.",
                null);
    }

    /** Offset and length of every record, 32 bits each, the file being shorter than 2 GiB. */
    private long[] recordsByOffset() {
        final long[] records = new long[entries];
        int count = 0;
        for (int i = 0; i < entries; i++) {
            final int entry = entryAt(i);
            if (isUsed(entry)) {
                records[count++] = memory.getLong(entry + RECORD_OFFSET_OFFSET) << Integer.SIZE | reservedBy(entry);
            }
        }
        Arrays.sort(records, 0, count);
        return Arrays.copyOf(records, count);
    }

    private static void crashPoint(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }
}
