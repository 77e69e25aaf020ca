package io.condatis.sync;

import io.condatis.internal.os.LivenessFile;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Reads copies of the records of primitives, without taking part: what is held, by whom, who waits. Nothing is trusted: a
 * record that cannot be is reported as damaged.
 *
 * <p>Who is alive is asked once for each process, when the survey is made. Not thread-safe.
 */
public final class PrimitiveSurvey {
    /** Bytes of a lock or reentrant lock. */
    public static final int LOCK_LENGTH = LockDescriptor.LENGTH;

    private final Participant[] members = new Participant[LivenessFile.MAX_SLOTS];

    /**
     * A survey among processes.
     *
     * @param members of the table that the primitives belong to, from {@link Participants#members()}; empty when unknown
     */
    public PrimitiveSurvey(final List<Participant> members) {
        for (final Participant member : members) {
            this.members[member.slot()] = member;
        }
    }

    /**
     * {@return whether a lock or reentrant lock is at a place}
     *
     * @param record copy of memory
     * @param offset in it
     */
    public static boolean isLock(final DirectBuffer record, final int offset) {
        if (offset < 0 || offset + LockDescriptor.LENGTH > record.capacity()) {
            return false;
        }
        final int magic = record.getInt(offset + LockDescriptor.MAGIC_OFFSET);
        return magic == LockDescriptor.PLAIN_MAGIC || magic == LockDescriptor.REENTRANT_MAGIC;
    }

    /**
     * A lock or reentrant lock.
     *
     * @param record copy of memory
     * @param offset of the lock in it
     * @return its state
     */
    public PrimitiveState lock(final DirectBuffer record, final int offset) {
        if (!isLock(record, offset)) {
            return damaged("lock");
        }
        final long word = record.getLong(offset + LockDescriptor.STATE_OFFSET);
        final int reentries = record.getInt(offset + LockDescriptor.REENTRIES_OFFSET);
        final int policy = record.getInt(offset + LockDescriptor.POLICY_OFFSET);
        final boolean held = isOwner(word);
        final boolean dirty = (word & LockDescriptor.DIRTY) != 0;
        final List<Owner> holders = held ? List.of(owner(word)) : List.of();
        final String text = (held ? "locked" + (reentries > 0 ? " " + (reentries + 1) + " times" : "") : "free")
                + (dirty ? ", abandoned" : "")
                + (policy == Abandonment.REPORT.code() ? "" : ", policy " + policyName(policy));
        return PrimitiveState.of(
                        text,
                        holders,
                        List.of(),
                        (word & LockDescriptor.WAITERS) != 0,
                        dirty || held && !holders.get(0).alive())
                .counted(record, offset + LockDescriptor.STATISTICS_OFFSET);
    }

    private static String policyName(final int code) {
        return code < 0 || code >= Abandonment.values().length
                ? code + ", which this version does not know"
                : Abandonment.ofCode(code).name();
    }

    /**
     * A semaphore, bounded or not.
     *
     * @param record copy of its memory
     * @return its state
     */
    public PrimitiveState semaphore(final DirectBuffer record) {
        final int magic = intAt(record, SemaphoreDescriptor.MAGIC_OFFSET);
        final int cells = intAt(record, SemaphoreDescriptor.CELLS_OFFSET);
        if (magic != SemaphoreDescriptor.PLAIN_MAGIC && magic != SemaphoreDescriptor.BOUNDED_MAGIC
                || cells < 0
                || cells > (record.capacity() - SemaphoreDescriptor.HEADER_LENGTH) / Long.BYTES) {
            return damaged("semaphore");
        }
        int free = 0;
        int permits = 0;
        final List<Owner> holders = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            final long cell = record.getLong(SemaphoreDescriptor.cellOffset(i));
            permits += cell == SemaphoreDescriptor.ABSENT ? 0 : 1;
            free += cell == SemaphoreDescriptor.FREE ? 1 : 0;
            if (cell != SemaphoreDescriptor.ABSENT && cell != SemaphoreDescriptor.FREE) {
                holders.add(owner(cell));
            }
        }
        return PrimitiveState.of(
                        free + " of " + permits + " permits free",
                        holders,
                        List.of(),
                        (record.getInt(SemaphoreDescriptor.SEQUENCE_OFFSET) & SemaphoreDescriptor.WAITERS) != 0,
                        holders.stream().anyMatch(holder -> !holder.alive()))
                .counted(record, SemaphoreDescriptor.STATISTICS_OFFSET);
    }

    /**
     * An event.
     *
     * @param record copy of its memory
     * @return its state
     */
    public PrimitiveState event(final DirectBuffer record) {
        if (record.capacity() < EventDescriptor.LENGTH
                || record.getInt(EventDescriptor.MAGIC_OFFSET) != EventDescriptor.MAGIC) {
            return damaged("event");
        }
        final int word = record.getInt(EventDescriptor.STATE_OFFSET);
        final int times = word >>> Integer.numberOfTrailingZeros(EventDescriptor.GENERATION_STEP);
        return PrimitiveState.of(
                        ((word & EventDescriptor.SET) != 0 ? "set" : "not set") + ", was set " + times + " times",
                        List.of(),
                        List.of(),
                        (word & EventDescriptor.WAITERS) != 0,
                        false)
                .counted(record, EventDescriptor.STATISTICS_OFFSET);
    }

    /**
     * A condition.
     *
     * @param record copy of its memory
     * @return its state
     */
    public PrimitiveState condition(final DirectBuffer record) {
        final int cells = intAt(record, ConditionDescriptor.CELLS_OFFSET);
        if (intAt(record, ConditionDescriptor.MAGIC_OFFSET) != ConditionDescriptor.MAGIC
                || cells < 0
                || cells > (record.capacity() - ConditionDescriptor.HEADER_LENGTH) / ConditionDescriptor.CELL_LENGTH) {
            return damaged("condition");
        }
        final List<Owner> waiters = new ArrayList<>();
        int notified = 0;
        for (int i = 0; i < cells; i++) {
            final int cell = ConditionDescriptor.cellOffset(i);
            final int cellState = record.getInt(cell + ConditionDescriptor.CELL_STATE_OFFSET);
            if (cellState == ConditionDescriptor.WAITING) {
                waiters.add(owner(record.getLong(cell + ConditionDescriptor.CELL_TOKEN_OFFSET)));
            }
            notified += cellState == ConditionDescriptor.NOTIFIED ? 1 : 0;
        }
        return PrimitiveState.of(
                        waiters.size() + " wait, " + notified + " notified",
                        List.of(),
                        waiters,
                        !waiters.isEmpty(),
                        false)
                .counted(record, ConditionDescriptor.STATISTICS_OFFSET);
    }

    /**
     * A barrier.
     *
     * @param record copy of its memory
     * @return its state
     */
    public PrimitiveState barrier(final DirectBuffer record) {
        final int seats = record.capacity() < BarrierDescriptor.HEADER_LENGTH
                ? -1
                : record.getInt(BarrierDescriptor.SEATS_OFFSET);
        if (seats < 1
                || record.getInt(BarrierDescriptor.MAGIC_OFFSET) != BarrierDescriptor.MAGIC
                || seats > (record.capacity() - BarrierDescriptor.HEADER_LENGTH) / BarrierDescriptor.SEAT_LENGTH) {
            return damaged("barrier");
        }
        final long generation = record.getLong(BarrierDescriptor.GENERATION_OFFSET);
        final List<Owner> waiters = new ArrayList<>();
        for (int i = 0; i < seats; i++) {
            final int seat = BarrierDescriptor.seatOffset(i);
            final long arrival = record.getLong(seat + BarrierDescriptor.SEAT_ARRIVAL_OFFSET);
            final long token = record.getLong(seat + BarrierDescriptor.SEAT_TOKEN_OFFSET);
            if (token != 0
                    && BarrierDescriptor.state(arrival) == BarrierDescriptor.ARRIVED
                    && BarrierDescriptor.isOf(arrival, generation)) {
                waiters.add(owner(token));
            }
        }
        final int cause = record.getInt(BarrierDescriptor.CAUSE_OFFSET);
        final long culprit = record.getLong(BarrierDescriptor.CULPRIT_OFFSET);
        final String broken =
                cause == 0 ? "" : ", broken: " + BreakCause.textOf(cause) + (culprit == 0 ? "" : ", " + owner(culprit));
        return PrimitiveState.of(
                        waiters.size() + " of " + seats + " wait, generation " + generation + broken,
                        List.of(),
                        waiters,
                        !waiters.isEmpty(),
                        cause != 0)
                .counted(record, BarrierDescriptor.STATISTICS_OFFSET);
    }

    /**
     * A read-write lock.
     *
     * @param record copy of its memory
     * @return its state
     */
    public PrimitiveState readWriteLock(final DirectBuffer record) {
        if (!isReadWriteLock(record)) {
            return damaged("read-write lock");
        }
        final PrimitiveState gate = lock(record, ReadWriteLockDescriptor.GATE_OFFSET);
        final boolean writing = record.getInt(ReadWriteLockDescriptor.WRITING_OFFSET) != 0;
        final List<Owner> readers = readersOf(record);
        final List<Owner> holders = new ArrayList<>(writing ? gate.holders() : List.of());
        holders.addAll(readers);
        final int departures = record.getInt(ReadWriteLockDescriptor.DEPARTURES_OFFSET);
        final boolean dirty = record.getInt(ReadWriteLockDescriptor.DIRTY_OFFSET) != 0;
        final String text = writing ? "written" : readers.isEmpty() ? "free" : "read by " + readers.size();
        return PrimitiveState.of(
                        text + (dirty ? ", abandoned" : ""),
                        holders,
                        List.of(),
                        gate.anyoneWaiting() || (departures & ReadWriteLockDescriptor.WAITERS) != 0,
                        dirty || holders.stream().anyMatch(holder -> !holder.alive()))
                .counted(record, ReadWriteLockDescriptor.STATISTICS_OFFSET)
                .plus(gate);
    }

    private static boolean isReadWriteLock(final DirectBuffer record) {
        if (record.capacity() < ReadWriteLockDescriptor.HEADER_LENGTH
                || record.getInt(ReadWriteLockDescriptor.MAGIC_OFFSET) != ReadWriteLockDescriptor.MAGIC) {
            return false;
        }
        final int cells = record.getInt(ReadWriteLockDescriptor.CELLS_OFFSET);
        return cells >= 0
                && cells <= (record.capacity() - ReadWriteLockDescriptor.HEADER_LENGTH) / Long.BYTES
                && isLock(record, ReadWriteLockDescriptor.GATE_OFFSET);
    }

    private List<Owner> readersOf(final DirectBuffer record) {
        final List<Owner> readers = new ArrayList<>();
        for (int i = 0; i < record.getInt(ReadWriteLockDescriptor.CELLS_OFFSET); i++) {
            final long token = record.getLong(ReadWriteLockDescriptor.cellOffset(i));
            if (token != 0) {
                readers.add(owner(token));
            }
        }
        return readers;
    }

    private static boolean isOwner(final long word) {
        return (word & OwnerToken.MASK) != 0;
    }

    private Owner owner(final long word) {
        final int slot = OwnerToken.slot(word);
        final int generation = OwnerToken.generation(word);
        final Participant member = slot < members.length ? members[slot] : null;
        final boolean known = member != null && member.generation() == generation;
        return new Owner(slot, generation, OwnerToken.thread(word), known ? member.pid() : 0, known && member.alive());
    }

    private static int intAt(final DirectBuffer record, final int offset) {
        return record.capacity() < ConditionDescriptor.HEADER_LENGTH ? -1 : record.getInt(offset);
    }

    private static PrimitiveState damaged(final String kind) {
        return PrimitiveState.damaged("damaged: its bytes are no " + kind);
    }
}
