package io.condatis.sync;

import static io.condatis.sync.ReadWriteLockDescriptor.CELLS_OFFSET;
import static io.condatis.sync.ReadWriteLockDescriptor.DIRTY_OFFSET;
import static io.condatis.sync.ReadWriteLockDescriptor.GATE_OFFSET;
import static io.condatis.sync.ReadWriteLockDescriptor.MAGIC;
import static io.condatis.sync.ReadWriteLockDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.ReadWriteLockDescriptor.MAX_CELLS;
import static io.condatis.sync.ReadWriteLockDescriptor.STATISTICS_OFFSET;
import static io.condatis.sync.ReadWriteLockDescriptor.WRITING_OFFSET;
import static io.condatis.sync.ReadWriteLockDescriptor.cellOffset;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.CrashPoint;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Many readers or one writer, among the threads of any number of processes; survives the death of any of them.
 *
 * <p>A reader holds a cell with its token, so the room of a reader that is killed comes back exactly, within about
 * {@value Sleeper#SLICE_MS} ms of somebody needing it. A writer holds the <em>gate</em>, a {@link SharedLock}, and waits until no
 * cell is taken. Of a writer that is killed inside, every later holder is told by {@link #isAbandoned()}, until a writer
 * calls {@link #markConsistent()}; the death of a reader, or of a writer that still waits, leaves nothing to tell. A
 * process that is merely stopped is never robbed. Any thread may be virtual.
 *
 * <p><b>Fairness.</b> Once a writer waits, no new reader gets in before it, so readers do not starve writers. A reader that
 * finds the gate closed passes through the gate itself, in turn with the writers, so writers do not starve readers.
 *
 * <p><b>Nesting.</b> A reader may read again, and a writer may read too and so keep reading when it has stopped writing;
 * each level takes a cell. A writer that wants to write again, and a reader that wants to write, get
 * {@link IllegalMonitorStateException} instead of a deadlock.
 *
 * <p><b>Limit.</b> Not more than {@link #maxReaders()} read at once; further ones wait as if for a writer. Conditions are
 * not offered: both locks' {@link Lock#newCondition()} throws {@link UnsupportedOperationException}.
 *
 * <p>CPython has nothing like it.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedReadWriteLock implements ReadWriteLock, Serializable {
    /** Readers that fit when no number is given. */
    public static final int DEFAULT_MAX_READERS = ReadWriteLockDescriptor.DEFAULT_CELLS;

    private static final String KIND = "read-write lock";

    private final UnsafeBuffer record;

    /** Of the memory that is this object; null when it is part of something. */
    private final Access whole;

    private final Participants participants;
    private final String name;
    private final SharedLock gate;
    private final ReaderCells cells;
    private final Statistics statistics;
    private final Lock readLock;
    private final Lock writeLock;

    private SharedReadWriteLock(
            final UnsafeBuffer record, final Participants participants, final String name, final Access whole) {
        this.record = record;
        this.whole = whole;
        this.participants = participants;
        this.name = name;
        this.gate = SharedLock.at(record, GATE_OFFSET, participants, name);
        this.statistics = new Statistics(record, STATISTICS_OFFSET);
        this.cells = new ReaderCells(record, participants, statistics);
        this.readLock = new ReadLock(this);
        this.writeLock = new WriteLock(this);
    }

    /**
     * The bytes that a read-write lock takes in memory.
     *
     * @param maxReaders most threads that read at once, nested ones counted each time, 1 to 65536
     * @return its length
     */
    public static int lengthBytes(final int maxReaders) {
        if (maxReaders < 1 || maxReaders > MAX_CELLS) {
            throw new IllegalArgumentException("maxReaders=" + maxReaders + " is not from 1 to " + MAX_CELLS);
        }
        return cellOffset(maxReaders);
    }

    /**
     * Makes a free read-write lock in memory that nobody else sees yet.
     *
     * @param buffer off-heap memory
     * @param offset of the lock in it; its address must be a multiple of 64
     * @param maxReaders most threads that read at once
     */
    public static void initialise(final AtomicBuffer buffer, final int offset, final int maxReaders) {
        final int length = lengthBytes(maxReaders);
        Records.checkAlignment(buffer, offset, KIND);
        buffer.setMemory(offset, length, (byte) 0);
        SharedLock.initialise(buffer, offset + GATE_OFFSET);
        buffer.putInt(offset + CELLS_OFFSET, maxReaders);
        buffer.putIntVolatile(offset + MAGIC_OFFSET, MAGIC);
    }

    /**
     * The read-write lock at a place in memory.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the lock in it
     * @param participants this process's membership in the region
     * @param name for messages
     * @return a lock object; any number of them may stand for one lock
     * @throws io.condatis.error.CondatisException when there is no read-write lock
     */
    public static SharedReadWriteLock at(
            final AtomicBuffer buffer, final int offset, final Participants participants, final String name) {
        Objects.requireNonNull(participants, "participants");
        Records.checkAlignment(buffer, offset, KIND);
        Records.checkMagic(buffer, offset + MAGIC_OFFSET, MAGIC, KIND, name);
        final int cells = Records.count(buffer, offset + CELLS_OFFSET, 1, MAX_CELLS, KIND, name);
        final UnsafeBuffer record = Records.record(buffer, offset, cellOffset(cells), KIND, name);
        return new SharedReadWriteLock(record, participants, name, Records.whole(buffer, offset, record.capacity()));
    }

    /**
     * {@inheritDoc} Taking it while nobody writes or waits to write is one CAS. Its {@code tryLock()} may fail while
     * another reader that had to wait is just on its way in.
     */
    @Override
    public Lock readLock() {
        return readLock;
    }

    /** {@inheritDoc} Its {@code tryLock()} fails while anybody reads. */
    @Override
    public Lock writeLock() {
        return writeLock;
    }

    /** {@return whether a writer was killed inside, as far as noticed, and no {@link #markConsistent()} came since} */
    public boolean isAbandoned() {
        checkOpen();
        return record.getIntVolatile(DIRTY_OFFSET) != 0;
    }

    /**
     * Declares that what the lock protects is in order again.
     *
     * @throws IllegalMonitorStateException when the calling thread does not write
     */
    public void markConsistent() {
        if (!isWriteLockedByCurrentThread()) {
            throw new IllegalMonitorStateException("the calling thread does not hold the write lock of " + this);
        }
        record.putIntVolatile(DIRTY_OFFSET, 0);
    }

    /** {@return whether somebody writes, dead or alive} */
    public boolean isWriteLocked() {
        checkOpen();
        return record.getIntVolatile(WRITING_OFFSET) != 0;
    }

    /** {@return whether the calling thread writes} */
    public boolean isWriteLockedByCurrentThread() {
        return gate.isHeldByCurrentThread();
    }

    /** {@return how many read, nested ones counted each time and killed ones until somebody notices} */
    public int readers() {
        checkOpen();
        return cells.count();
    }

    /** {@return the most that can read at once} */
    public int maxReaders() {
        return cells.length();
    }

    /** {@return how often a reader was killed inside and its room taken back} */
    public long deadReaders() {
        checkOpen();
        return statistics.recoveries();
    }

    /** {@return how often the gate was taken over from the dead: writers, inside or waiting, and readers on their way in} */
    public long recoveries() {
        return gate.recoveries();
    }

    /** {@return how often somebody slept: at the gate, or behind it until readers were gone} */
    public long waits() {
        return gate.waits() + statistics.waits();
    }

    /** {@return the longest wait in ns, at the gate or behind it} */
    public long longestWaitNs() {
        return Math.max(gate.longestWaitNs(), statistics.longestWaitNs());
    }

    /** {@return the name that was given for messages} */
    public String name() {
        return name;
    }

    /** Name, readers, and the gate with its holder, at this moment. */
    @Override
    public String toString() {
        if (participants.isClosed()) {
            return "SharedReadWriteLock[" + name + ", closed]";
        }
        return "SharedReadWriteLock[" + name + ", readers=" + cells.count()
                + (record.getIntVolatile(WRITING_OFFSET) == 0 ? "" : ", writing")
                + (record.getIntVolatile(DIRTY_OFFSET) == 0 ? "" : ", abandoned") + ", gate=" + gate + "]";
    }

    SharedLock gate() {
        return gate;
    }

    ReaderCells cells() {
        return cells;
    }

    long token(final ThreadOrdinal thread) {
        return participants.token(thread, this);
    }

    /** With the gate just taken: what its dead owner, if it had one, has left. */
    void settleGate() {
        if (gate.isAbandoned()) {
            reached("rwlock.settling");
            if (record.getIntVolatile(WRITING_OFFSET) != 0) {
                record.putIntVolatile(DIRTY_OFFSET, 1);
                record.putIntVolatile(WRITING_OFFSET, 0);
            }
            gate.markConsistent();
        }
    }

    /** With the gate, and no reader left: from here on a death makes the lock abandoned. */
    void startWriting() {
        reached("rwlock.drained");
        record.putIntVolatile(WRITING_OFFSET, 1);
        reached("rwlock.writing");
    }

    void stopWriting() {
        record.putIntVolatile(WRITING_OFFSET, 0);
        reached("rwlock.written");
    }

    void countWait(final long waitedNs) {
        statistics.waited(waitedNs);
    }

    static void reached(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }

    private void checkOpen() {
        if (participants.isClosed()) {
            throw new IllegalStateException(this + " cannot be used: its shared memory was closed");
        }
    }

    private Object writeReplace() throws NotSerializableException {
        return Records.handle(this, whole);
    }
}
