package io.condatis.list;

import static io.condatis.list.FooterDescriptor.ID_OFFSET;
import static io.condatis.list.FooterDescriptor.LAYOUT_VERSION;
import static io.condatis.list.FooterDescriptor.LAYOUT_VERSION_OFFSET;
import static io.condatis.list.FooterDescriptor.LENGTH_OFFSET;
import static io.condatis.list.FooterDescriptor.LOCK_OFFSET;
import static io.condatis.list.FooterDescriptor.MAGIC;
import static io.condatis.list.FooterDescriptor.MAGIC_OFFSET;
import static io.condatis.list.FooterDescriptor.PARTICIPANTS_OFFSET;
import static io.condatis.list.FooterDescriptor.REDO_CODE_OFFSET;
import static io.condatis.list.FooterDescriptor.REDO_DATA_OFFSET;
import static io.condatis.list.FooterDescriptor.REDO_FORMAT_OFFSET;
import static io.condatis.list.FooterDescriptor.REDO_ITEM_OFFSET;
import static io.condatis.list.FooterDescriptor.REDO_LENGTH_OFFSET;

import io.condatis.internal.os.CrashPoint;
import io.condatis.internal.os.RandomId;
import io.condatis.memory.SharedMemory;
import io.condatis.sync.Participants;
import io.condatis.sync.SharedLock;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The footer of a list: the protocol of {@link FooterDescriptor}. */
final class Footer implements WriterGate {

    private final SharedMemory owner;
    private final UnsafeBuffer memory;
    private final Items items;
    private final int offset;
    private final int sequences;
    private volatile SharedLock lock;

    Footer(final SharedMemory owner, final UnsafeBuffer memory, final Items items) {
        this.owner = owner;
        this.memory = memory;
        this.items = items;
        this.offset = FooterDescriptor.offsetIn(items.layout);
        this.sequences = offset + FooterDescriptor.sequencesOffset(items.layout);
    }

    /** Makes a footer in memory that is zero and that nobody else sees yet. */
    static void initialise(final AtomicBuffer memory, final ListLayout layout) {
        final int offset = FooterDescriptor.offsetIn(layout);
        memory.putInt(offset + LAYOUT_VERSION_OFFSET, LAYOUT_VERSION);
        memory.putInt(offset + LENGTH_OFFSET, layout.length());
        memory.putLong(offset + ID_OFFSET, RandomId.next());
        SharedLock.initialise(memory, offset + LOCK_OFFSET);
        Participants.initialise(memory, offset + PARTICIPANTS_OFFSET);
        memory.putLongRelease(offset + MAGIC_OFFSET, MAGIC);
    }

    /** {@return what is wrong, or null} */
    String fault() {
        final int version = memory.getInt(offset + LAYOUT_VERSION_OFFSET);
        if (version != LAYOUT_VERSION) {
            return "its footer has layout version " + version + ", this version of Condatis reads " + LAYOUT_VERSION;
        }
        final int length = memory.getInt(offset + LENGTH_OFFSET);
        return length == items.layout.length()
                ? null
                : "it has " + items.layout.length() + " items, its footer says " + length;
    }

    long sequence(final int index) {
        return memory.getLongVolatile(sequences + Long.BYTES * index);
    }

    @Override
    public void enter() {
        final SharedLock writers = lock();
        writers.lock();
        if (writers.isAbandoned()) {
            boolean repaired = false;
            try {
                redo();
                writers.markConsistent();
                repaired = true;
            } finally {
                if (!repaired) {
                    writers.unlock();
                }
            }
        }
    }

    @Override
    public void leave() {
        lock.unlock();
    }

    private SharedLock lock() {
        SharedLock known = lock;
        if (known == null) {
            synchronized (this) {
                final Participants participants =
                        owner.participants(offset + PARTICIPANTS_OFFSET, memory.getLong(offset + ID_OFFSET));
                known = SharedLock.at(
                        memory, offset + LOCK_OFFSET, participants, "items of list '" + owner.name() + "'");
                lock = known;
            }
        }
        return known;
    }

    @Override
    public void change(final int index, final long format, final byte code, final byte[] data) {
        memory.putLong(offset + REDO_FORMAT_OFFSET, format);
        memory.putLong(offset + REDO_CODE_OFFSET, code);
        memory.putLong(offset + REDO_LENGTH_OFFSET, data.length);
        memory.putBytes(offset + REDO_DATA_OFFSET, data);
        crashPoint("list.noted");
        memory.putLongVolatile(offset + REDO_ITEM_OFFSET, index + 1L);
        crashPoint("list.begun");
        redo();
    }

    private void redo() {
        final long item = memory.getLongVolatile(offset + REDO_ITEM_OFFSET) - 1;
        final long length = memory.getLong(offset + REDO_LENGTH_OFFSET);
        if (isPossible(item, length)) {
            final int index = (int) item;
            final int sequence = sequences + Long.BYTES * index;
            memory.putLongVolatile(sequence, memory.getLong(sequence) | 1);
            items.put(
                    index,
                    memory.getLong(offset + REDO_FORMAT_OFFSET),
                    (byte) memory.getLong(offset + REDO_CODE_OFFSET),
                    memory,
                    offset + REDO_DATA_OFFSET,
                    (int) length);
            crashPoint("list.changed");
            memory.putLongVolatile(sequence, memory.getLong(sequence) + 1);
        }
        memory.putLongVolatile(offset + REDO_ITEM_OFFSET, 0);
    }

    /** Whether a note can be one of ours: there may be none, and somebody may have written over it. */
    private boolean isPossible(final long item, final long length) {
        return item >= 0
                && item < items.layout.length()
                && length >= 0
                && length <= items.layout.capacityOf((int) item)
                && length % Long.BYTES == 0;
    }

    private static void crashPoint(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }
}
