package io.condatis.sync;

import static io.condatis.sync.ConditionDescriptor.CELL_LENGTH;
import static io.condatis.sync.ConditionDescriptor.CELL_STATE_OFFSET;
import static io.condatis.sync.ConditionDescriptor.CELL_TICKET_OFFSET;
import static io.condatis.sync.ConditionDescriptor.CELL_TOKEN_OFFSET;
import static io.condatis.sync.ConditionDescriptor.FREE;
import static io.condatis.sync.ConditionDescriptor.NOTIFIED;
import static io.condatis.sync.ConditionDescriptor.TICKET_OFFSET;
import static io.condatis.sync.ConditionDescriptor.WAITING;
import static io.condatis.sync.ConditionDescriptor.cellOffset;

import io.condatis.internal.os.CrashPoint;
import io.condatis.internal.os.Futex;
import org.agrona.concurrent.UnsafeBuffer;

/** The waiters of a condition. Changed under the condition's lock only. */
final class ConditionCells {
    static final int NONE = -1;

    private final UnsafeBuffer record;
    private final Participants participants;
    private final int cells;
    private final Statistics statistics;
    private final Futex futex = Futex.get();

    ConditionCells(final UnsafeBuffer record, final Participants participants, final Statistics statistics) {
        this.record = record;
        this.participants = participants;
        this.statistics = statistics;
        this.cells = (record.capacity() - cellOffset(0)) / CELL_LENGTH; // not what the memory says now
    }

    int length() {
        return cells;
    }

    /** Makes a waiter out of a token. {@return its cell, or NONE when all are taken by the living} */
    int enqueue(final long token) {
        int cell = find(FREE);
        if (cell == NONE) {
            reclaim();
            cell = find(FREE);
        }
        if (cell != NONE) {
            final long ticket = record.getLong(TICKET_OFFSET);
            record.putLong(TICKET_OFFSET, ticket + 1);
            record.putLong(cellOffset(cell) + CELL_TOKEN_OFFSET, token);
            record.putLong(cellOffset(cell) + CELL_TICKET_OFFSET, ticket);
            setState(cell, WAITING);
            reached("condition.enqueued");
        }
        return cell;
    }

    /** Marks and wakes the first waiter that lives. */
    boolean signalOne() {
        while (true) {
            final int cell = first();
            if (cell == NONE) {
                return false;
            }
            if (!isDead(cell)) {
                setState(cell, NOTIFIED);
                reached("condition.notified");
                futex.wake(futexAddress(cell), 1);
                return true;
            }
            setState(cell, FREE);
        }
    }

    /** Frees the cells of the dead. */
    private void reclaim() {
        for (int cell = 0; cell < cells; cell++) {
            final int state = state(cell);
            if (state != FREE && isDead(cell)) {
                setState(cell, FREE);
                reached("condition.reclaimed"); // whoever dies here abandons the lock, which ends all waits
                if (state == NOTIFIED) {
                    statistics.recovered();
                    signalOne();
                }
            }
        }
    }

    /** Takes the signal of a waiter that died with it, if there is one. */
    boolean takeOver() {
        final int orphan = orphan();
        if (orphan == NONE) {
            return false;
        }
        setState(orphan, FREE);
        reached("condition.reclaimed");
        statistics.recovered();
        return true;
    }

    /** {@return the cell of a waiter that died with its signal, or NONE} */
    int orphan() {
        for (int cell = 0; cell < cells; cell++) {
            if (state(cell) == NOTIFIED && isDead(cell)) {
                return cell;
            }
        }
        return NONE;
    }

    private int first() {
        int first = NONE;
        for (int cell = 0; cell < cells; cell++) {
            if (state(cell) == WAITING && (first == NONE || ticket(cell) < ticket(first))) {
                first = cell;
            }
        }
        return first;
    }

    private int find(final int wanted) {
        for (int cell = 0; cell < cells; cell++) {
            if (state(cell) == wanted) {
                return cell;
            }
        }
        return NONE;
    }

    int count(final int wanted) {
        int count = 0;
        for (int cell = 0; cell < cells; cell++) {
            if (state(cell) == wanted) {
                count++;
            }
        }
        return count;
    }

    private boolean isDead(final int cell) {
        return participants.isOwnerDead(record.getLongVolatile(cellOffset(cell) + CELL_TOKEN_OFFSET));
    }

    private long ticket(final int cell) {
        return record.getLong(cellOffset(cell) + CELL_TICKET_OFFSET);
    }

    int state(final int cell) {
        return record.getIntVolatile(cellOffset(cell) + CELL_STATE_OFFSET);
    }

    void setState(final int cell, final int state) {
        record.putIntVolatile(cellOffset(cell) + CELL_STATE_OFFSET, state);
    }

    long futexAddress(final int cell) {
        return record.addressOffset() + cellOffset(cell) + CELL_STATE_OFFSET;
    }

    private static void reached(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }
}
