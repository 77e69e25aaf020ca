package io.condatis.sync;

import static io.condatis.sync.SemaphoreDescriptor.ABSENT;
import static io.condatis.sync.SemaphoreDescriptor.CELLS_OFFSET;
import static io.condatis.sync.SemaphoreDescriptor.FREE;
import static io.condatis.sync.SemaphoreDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.SemaphoreDescriptor.SEQUENCE_OFFSET;
import static io.condatis.sync.SemaphoreDescriptor.SEQUENCE_STEP;
import static io.condatis.sync.SemaphoreDescriptor.STATISTICS_OFFSET;
import static io.condatis.sync.SemaphoreDescriptor.WAITERS;
import static io.condatis.sync.SemaphoreDescriptor.cellOffset;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.CrashPoint;
import java.util.Objects;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The permits of a semaphore and those who wait for one. Layout: {@link SemaphoreDescriptor}.
 *
 * <p>The steps, each one CAS:
 * <ul>
 *   <li>a cell from free to my token: acquired; from my token to free: released;
 *   <li>a cell from a dead token to mine: acquired from the dead;
 *   <li>W set: somebody is about to sleep. He looks at all cells once more after that; whoever releases looks at W after
 *       he has freed a cell. Both are full fences, so one of the two sees the other;
 *   <li>W cleared and the sequence moved: somebody releases and is about to wake one sleeper. The others sleep on without
 *       W; so whoever gets a permit in the slow way has set W again, and wakes one more when another cell is free.
 * </ul>
 * A wake that is lost because its sender died costs one slice.
 */
final class PermitCells {
    private static final String KIND = "semaphore";

    final Participants participants;

    private final UnsafeBuffer record;
    private final String kind;
    private final String name;
    private final int cells;
    private final Sleeper sleeper;
    private final Statistics statistics;

    /** Where to look first: plain, a stale one costs a longer scan. */
    private int hint;

    private PermitCells(
            final UnsafeBuffer record, final Participants participants, final String kind, final String name) {
        this.record = record;
        this.participants = participants;
        this.kind = kind;
        this.name = name;
        final int room = (record.capacity() - cellOffset(0)) / Long.BYTES;
        this.cells = Records.count(record, CELLS_OFFSET, 0, room, KIND, name);
        this.sleeper = new Sleeper(participants, record.addressOffset() + SEQUENCE_OFFSET, "semaphore");
        this.statistics = new Statistics(record, STATISTICS_OFFSET);
    }

    static void initialise(
            final AtomicBuffer buffer, final int offset, final int magic, final int permits, final int cells) {
        checkAlignment(buffer, offset);
        if (permits < 0 || permits > cells) {
            throw new IllegalArgumentException("permits=" + permits + " is not between 0 and " + cells);
        }
        buffer.setMemory(offset, SemaphoreDescriptor.length(cells), (byte) 0);
        buffer.putInt(offset + CELLS_OFFSET, cells);
        for (int i = permits; i < cells; i++) {
            buffer.putLong(offset + cellOffset(i), ABSENT);
        }
        buffer.putIntVolatile(offset + MAGIC_OFFSET, magic);
    }

    static UnsafeBuffer record(final AtomicBuffer buffer, final int offset, final int magic, final String name) {
        checkAlignment(buffer, offset);
        final int found = buffer.getIntVolatile(offset + MAGIC_OFFSET);
        if (found != magic) {
            throw new CondatisException("no semaphore '" + name + "' at offset=" + offset + ": magic=0x"
                    + Integer.toHexString(found) + ", expected 0x" + Integer.toHexString(magic));
        }
        final int cells = Records.count(buffer, offset + CELLS_OFFSET, 0, SemaphoreDescriptor.MAX_CELLS, KIND, name);
        return Records.record(buffer, offset, SemaphoreDescriptor.length(cells), KIND, name);
    }

    static PermitCells at(
            final UnsafeBuffer record, final Participants participants, final String kind, final String name) {
        return new PermitCells(record, Objects.requireNonNull(participants, "participants"), kind, name);
    }

    void acquire() throws InterruptedException {
        tryAcquire(Long.MAX_VALUE);
    }

    void acquireUninterruptibly() {
        final long token = token();
        if (takeFree(token)) {
            return;
        }
        boolean interrupted = false;
        try {
            while (acquireSlowly(token, Long.MAX_VALUE) == Outcome.INTERRUPTED) {
                interrupted = true; // the status is clear now, so that the next sleep is one
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean tryAcquire() {
        final long token = token();
        return takeFree(token) || takeFromDead(token);
    }

    boolean tryAcquire(final long timeoutNs) throws InterruptedException {
        final long token = token();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (takeFree(token)) {
            return true;
        }
        if (timeoutNs <= 0) {
            return takeFromDead(token);
        }
        final Outcome outcome = acquireSlowly(token, timeoutNs);
        if (outcome == Outcome.INTERRUPTED) {
            throw new InterruptedException();
        }
        return outcome == Outcome.ACQUIRED;
    }

    /** Gives back a permit of the calling thread, else of its process. */
    boolean releaseOwn() {
        final long token = token();
        final long process = token & ~OwnerToken.THREAD_MASK;
        return release(token, OwnerToken.MASK, hint) || release(process, OwnerToken.MASK & ~OwnerToken.THREAD_MASK, 0);
    }

    /** Gives back a permit that anybody has. */
    boolean releaseAny() {
        return release(0, 0, 0);
    }

    /** Makes a permit that did not exist. */
    boolean add() {
        for (int i = 0; i < cells; i++) {
            if (record.getLongVolatile(cellOffset(i)) == ABSENT
                    && record.compareAndSetLong(cellOffset(i), ABSENT, FREE)) {
                released();
                return true;
            }
        }
        return false;
    }

    /** Permits that can be had now, those of the dead included. */
    int available() {
        checkOpen();
        int available = 0;
        for (int i = 0; i < cells; i++) {
            final long cell = record.getLongVolatile(cellOffset(i));
            if (cell == FREE || cell != ABSENT && participants.isOwnerDead(cell)) {
                available++;
            }
        }
        return available;
    }

    int cells() {
        return cells;
    }

    Statistics statistics() {
        checkOpen();
        return statistics;
    }

    String name() {
        return name;
    }

    /** The calling thread as an owner. */
    long token() {
        return participants.token(ThreadOrdinal.current(), this);
    }

    /** Name, permits that can be had, the processes that have the others, and whether somebody waits. */
    @Override
    public String toString() {
        if (participants.isClosed()) {
            return kind + "[" + name + ", closed]";
        }
        final StringBuilder holders = new StringBuilder();
        for (int i = 0; i < cells; i++) {
            final long cell = record.getLongVolatile(cellOffset(i));
            if (cell != FREE && cell != ABSENT) {
                holders.append(holders.length() == 0 ? ", held by " : " and ").append(participants.describeOwner(cell));
            }
        }
        final boolean waiters = (record.getIntVolatile(SEQUENCE_OFFSET) & WAITERS) != 0;
        return kind + "[" + name + ", " + available() + " available" + holders + (waiters ? ", waiters]" : "]");
    }

    private Outcome acquireSlowly(final long token, final long timeoutNs) {
        for (int i = 0; i < Sleeper.SPINS; i++) {
            Thread.onSpinWait();
            if (takeFree(token)) {
                return Outcome.ACQUIRED;
            }
        }
        final long startNs = System.nanoTime();
        boolean slept = false;
        while (true) {
            final int sequence = record.getIntVolatile(SEQUENCE_OFFSET);
            final int announced = sequence | WAITERS;
            if (sequence != announced && !record.compareAndSetInt(SEQUENCE_OFFSET, sequence, announced)) {
                continue;
            }
            final boolean got = takeFree(token) || takeFromDead(token);
            final long waitedNs = System.nanoTime() - startNs;
            if (got) {
                passOn();
                if (slept) {
                    statistics.waited(waitedNs);
                }
                return Outcome.ACQUIRED;
            }
            final Outcome outcome = sleeper.sleep(announced, timeoutNs - waitedNs, Long.MAX_VALUE, this);
            if (outcome != null) {
                return outcome;
            }
            slept = true;
        }
    }

    private boolean takeFree(final long token) {
        final int first = hint;
        for (int i = 0; i < cells; i++) {
            final int cell = first + i < cells ? first + i : first + i - cells;
            if (record.getLongVolatile(cellOffset(cell)) == FREE
                    && record.compareAndSetLong(cellOffset(cell), FREE, token)) {
                hint = cell;
                if (CrashPoint.ON) {
                    CrashPoint.reached("semaphore.acquired");
                }
                return true;
            }
        }
        return false;
    }

    private boolean takeFromDead(final long token) {
        long living = token;
        for (int i = 0; i < cells; i++) {
            final long cell = record.getLongVolatile(cellOffset(i));
            if (cell == FREE || cell == ABSENT || ((cell ^ living) & ~OwnerToken.THREAD_MASK) == 0) {
                continue;
            }
            if (!participants.isOwnerDead(cell)) {
                living = cell; // neighbours often belong to one process: ask about it once
            } else if (recover(i, cell, token)) {
                return true;
            }
        }
        return false;
    }

    private boolean recover(final int cell, final long dead, final long token) {
        if (CrashPoint.ON) {
            CrashPoint.reached("semaphore.recovering");
        }
        if (!record.compareAndSetLong(cellOffset(cell), dead, token)) {
            return false;
        }
        if (CrashPoint.ON) {
            CrashPoint.reached("semaphore.recovered");
        }
        statistics.recovered();
        return true;
    }

    /** Frees a cell whose owner agrees with a pattern in the bits of a mask. */
    private boolean release(final long pattern, final long mask, final int first) {
        for (int i = 0; i < cells; i++) {
            final int cell = first + i < cells ? first + i : first + i - cells;
            final long owner = record.getLongVolatile(cellOffset(cell));
            if (owner != FREE
                    && owner != ABSENT
                    && (owner & mask) == pattern
                    && record.compareAndSetLong(cellOffset(cell), owner, FREE)) {
                hint = cell;
                released();
                return true;
            }
        }
        return false;
    }

    private void released() {
        if (CrashPoint.ON) {
            CrashPoint.reached("semaphore.released");
        }
        while (true) {
            final int sequence = record.getIntVolatile(SEQUENCE_OFFSET);
            if ((sequence & WAITERS) == 0) {
                return;
            }
            if (record.compareAndSetInt(SEQUENCE_OFFSET, sequence, (sequence & ~WAITERS) + SEQUENCE_STEP)) {
                if (CrashPoint.ON) {
                    CrashPoint.reached("semaphore.waking");
                }
                sleeper.wakeOne();
                return;
            }
        }
    }

    /** Wakes one more sleeper when there is a permit for it: its release may have found W cleared by an earlier one. */
    private void passOn() {
        if (CrashPoint.ON) {
            CrashPoint.reached("semaphore.passing");
        }
        for (int i = 0; i < cells; i++) {
            if (record.getLongVolatile(cellOffset(i)) == FREE) {
                sleeper.wakeOne();
                return;
            }
        }
    }

    private void checkOpen() {
        if (participants.isClosed()) {
            throw new IllegalStateException(this + " cannot be used: its shared memory was closed");
        }
    }

    private static void checkAlignment(final AtomicBuffer buffer, final int offset) {
        if ((buffer.addressOffset() + offset & (SemaphoreDescriptor.ALIGNMENT - 1)) != 0) {
            throw new IllegalArgumentException("offset=" + offset
                    + " of a semaphore is not at an address that is a multiple of " + SemaphoreDescriptor.ALIGNMENT);
        }
    }
}
