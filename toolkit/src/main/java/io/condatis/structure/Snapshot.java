package io.condatis.structure;

import static io.condatis.structure.SnapshotDescriptor.ALIGNMENT;
import static io.condatis.structure.SnapshotDescriptor.CELLS_OFFSET;
import static io.condatis.structure.SnapshotDescriptor.VERSION_OFFSET;

import io.condatis.internal.os.CrashPoint;
import io.condatis.internal.os.Region;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReentrantLock;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A structure that is published whole: whoever reads it gets all fields of one version, without a lock and without
 * waiting for anybody who is dead or stopped.
 *
 * <pre>{@code
 * Snapshot<Quote> quote = shared.snapshot("quote", Quote::new);
 * quote.write(q -> { q.bid.set(99.5); q.ask.set(100.0); });   // here
 * Quote seen = quote.read();                                  // there
 * }</pre>
 *
 * <p>Use it for configurations, quotes and status that are read far more often than written.
 *
 * <p>There are two cells. Version n is in cell n &amp; 1. A writer fills the other cell and then stores n + 1; a reader
 * copies the cell and takes the copy only if the version is still the same. Why that holds:
 * <ul>
 *   <li>The cell of version n is overwritten only by the writer of n + 2, who first reads n + 1; between that read and
 *       its first store stands a store-store fence, so whoever sees one of its stores sees n + 1 as well, and the reader's
 *       second look, behind an acquire fence, differs from n.
 *   <li>Fields are stored before n + 1 is, by release. Who reads n + 1 sees all of them.
 *   <li>A writer that dies half-way has changed only the cell that nobody is pointed to; the next writer fills it anew.
 *       So no reader ever waits for it.
 *   <li>The copy is looked at only after it was found whole; aligned fields of up to eight bytes do not tear anyway.
 * </ul>
 * A reader that is overtaken tries again; writers who publish without a pause, faster than the structure can be
 * copied, can keep it trying.
 *
 * <p><b>Layout.</b> {@link SnapshotDescriptor}: twice the structure and 64 bytes.
 *
 * <p><b>Threads and processes.</b> The object is for one thread, {@link #another()} makes one for another. The memory
 * is for any number of readers and one writer at a time: {@link #write} holds the lock that goes with the snapshot
 * meanwhile. No operation allocates.
 *
 * <p><b>Lifetime.</b> A view, as {@link Structure}; what {@link #read()} returned stays readable.
 *
 * <p><b>Blocking.</b> Writers wait for each other; readers for nobody.
 *
 * <p><b>Crash.</b> A writer that is killed has published everything or nothing.
 *
 * <p><b>CPython.</b> Nothing like it.
 *
 * @serial exclude
 * @param <T> the class of the structure
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class Snapshot<T extends Structure> implements Serializable {
    private static final long NOT_EDITING = -1;

    private final Region region;
    private final Supplier<T> factory;
    private final Lock lock;
    private final long versionAddress;
    private final int size;
    private final int cellLength;
    private final T draft;
    private final T copy;
    private final long copyAddress;
    private long editing = NOT_EDITING;

    private Snapshot(final Region region, final Supplier<T> factory, final Lock lock) {
        this.region = region;
        this.factory = factory;
        this.lock = lock;
        this.versionAddress = region.address() + VERSION_OFFSET;
        this.draft = factory.get();
        this.copy = factory.get();
        this.size = draft.size();
        this.cellLength = SnapshotDescriptor.cellLength(size);
        draft.moveTo(region, region.address() + CELLS_OFFSET);
        copy.wrap(new UnsafeBuffer(BufferUtil.allocateDirectAligned(cellLength, ALIGNMENT)), 0);
        this.copyAddress = copy.addressOf(0);
    }

    /**
     * How often a snapshot was published.
     *
     * @param record copy of its memory, or of the beginning of that
     * @return from 0
     */
    public static long versionIn(final DirectBuffer record) {
        return record.getLong(VERSION_OFFSET);
    }

    /**
     * How much memory a snapshot takes.
     *
     * @param structure any structure of the class
     * @return number of bytes
     */
    public static int lengthBytes(final Structure structure) {
        return SnapshotDescriptor.length(structure.size());
    }

    /**
     * A view of a snapshot. In memory of zeros it is one of a structure of zeros.
     *
     * @param buffer memory, such as {@code SharedMemory.buffer()}
     * @param offset of the snapshot in it; its address must be a multiple of 64
     * @param factory of the class
     * @param <T> the class
     * @return the view, without a lock: for one writer
     * @throws IndexOutOfBoundsException when the buffer ends before
     * @throws IllegalArgumentException when the address is not aligned, or the memory on the Java heap
     */
    public static <T extends Structure> Snapshot<T> at(
            final AtomicBuffer buffer, final int offset, final Supplier<T> factory) {
        final int length = lengthBytes(factory.get());
        return new Snapshot<>(Region.of(buffer, offset, length, ALIGNMENT), factory, null);
    }

    /**
     * The same memory with a lock.
     *
     * @param other a lock that all writers agree on
     * @return the view
     */
    public Snapshot<T> withLock(final Lock other) {
        return new Snapshot<>(region, factory, Objects.requireNonNull(other, "other"));
    }

    /** {@return the same memory and lock, for another thread} */
    public Snapshot<T> another() {
        return new Snapshot<>(region, factory, lock);
    }

    /**
     * Reads the newest version.
     *
     * @return a copy, the same object at each call
     * @throws IllegalStateException when the memory is closed
     */
    public T read() {
        while (!tryRead()) {
            Thread.onSpinWait();
        }
        return copy;
    }

    /** Reads once. False when somebody published meanwhile: then the copy is nothing. */
    private boolean tryRead() {
        region.access().check();
        final long version = UnsafeApi.getLongVolatile(null, versionAddress);
        UnsafeApi.copyMemory(cell(version), copyAddress, size);
        VarHandle.acquireFence();
        final boolean whole = UnsafeApi.getLongVolatile(null, versionAddress) == version;
        Reference.reachabilityFence(region); // keeps the memory mapped until here
        return whole;
    }

    /** {@return how often something was published} */
    public long version() {
        region.access().check();
        return UnsafeApi.getLongVolatile(null, versionAddress);
    }

    /**
     * Changes the structure and publishes it, unless the change throws. Waits for other writers if there is a lock.
     *
     * @param change sets fields; those that it does not set keep their value
     */
    public void write(final Consumer<? super T> change) {
        if (lock == null) {
            change.accept(edit());
            publish();
            return;
        }
        lock.lock();
        try {
            if (lock instanceof SharedLock && ((SharedLock) lock).isAbandoned()) {
                ((SharedLock) lock).markConsistent(); // what a dead writer has half changed is not published
            } else if (lock instanceof SharedReentrantLock && ((SharedReentrantLock) lock).isAbandoned()) {
                ((SharedReentrantLock) lock).markConsistent();
            }
            change.accept(edit());
            publish();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins a change. For the only writer, or the holder of the lock that all writers agree on.
     *
     * @return the structure as it is now, to be changed; nobody sees it before {@link #publish()}
     */
    public T edit() {
        region.access().check();
        final long version = UnsafeApi.getLongVolatile(null, versionAddress);
        VarHandle.storeStoreFence();
        UnsafeApi.copyMemory(cell(version), cell(version + 1), size);
        draft.moveTo(region, cell(version + 1));
        editing = version;
        reached("snapshot.copied");
        return draft;
    }

    /**
     * Shows everybody what was changed since {@link #edit()}.
     *
     * @throws IllegalStateException when there was none
     */
    public void publish() {
        region.access().check();
        if (editing == NOT_EDITING) {
            throw new IllegalStateException("There is nothing to publish: call edit() first.");
        }
        reached("snapshot.filled");
        UnsafeApi.putLongRelease(null, versionAddress, editing + 1);
        editing = NOT_EDITING;
        reached("snapshot.published");
    }

    private static void reached(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }

    private long cell(final long version) {
        return region.address() + CELLS_OFFSET + (version & 1) * cellLength;
    }

    @Override
    public String toString() {
        return "Snapshot[" + draft + "]";
    }

    private Object writeReplace() throws NotSerializableException {
        return region.access().handleOf(this, draft.getClass());
    }
}
