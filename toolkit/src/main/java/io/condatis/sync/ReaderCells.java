package io.condatis.sync;

import static io.condatis.sync.ReadWriteLockDescriptor.DEPARTURE;
import static io.condatis.sync.ReadWriteLockDescriptor.DEPARTURES_OFFSET;
import static io.condatis.sync.ReadWriteLockDescriptor.WAITERS;
import static io.condatis.sync.ReadWriteLockDescriptor.cellOffset;
import static org.agrona.BitUtil.SIZE_OF_LONG;

import io.condatis.internal.os.CrashPoint;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The readers of a read-write lock. Each change is one CAS of a cell, a full fence, so that of a reader that comes and a
 * writer that comes at least one sees the other, and of a reader that goes and a writer about to sleep likewise.
 */
final class ReaderCells {
    static final int NONE = -1;

    private static final int SPREAD = 0x9E37_79B9;
    private static final int SPREAD_SHIFT = 8;

    private final UnsafeBuffer record;
    private final Participants participants;
    private final int cells;
    private final Sleeper sleeper;
    private final Statistics statistics;

    ReaderCells(final UnsafeBuffer record, final Participants participants, final Statistics statistics) {
        this.record = record;
        this.participants = participants;
        this.statistics = statistics;
        this.sleeper = new Sleeper(participants, record.addressOffset() + DEPARTURES_OFFSET, "rwlock");
        this.cells = (record.capacity() - cellOffset(0)) / SIZE_OF_LONG; // not what the memory says now
    }

    int length() {
        return cells;
    }

    /** {@return the cell that now holds the token, or NONE when all are taken} */
    int enter(final long token) {
        final int start = start(token);
        for (int i = 0; i < cells; i++) {
            final int cell = (start + i) % cells;
            if (token(cell) == 0 && record.compareAndSetLong(cellOffset(cell), 0, token)) {
                return cell;
            }
        }
        return NONE;
    }

    void leave(final int cell, final long token) {
        record.compareAndSetLong(cellOffset(cell), token, 0);
        if (CrashPoint.ON) {
            CrashPoint.reached("rwlock.left");
        }
        departed();
    }

    /** {@return a cell with the token other than one, or NONE} */
    int find(final long token, final int except) {
        final int start = start(token);
        for (int i = 0; i < cells; i++) {
            final int cell = (start + i) % cells;
            if (cell != except && token(cell) == token) {
                return cell;
            }
        }
        return NONE;
    }

    int count() {
        int count = 0;
        for (int cell = 0; cell < cells; cell++) {
            if (token(cell) != 0) {
                count++;
            }
        }
        return count;
    }

    boolean areEmpty() {
        for (int cell = 0; cell < cells; cell++) {
            if (token(cell) != 0) {
                return false;
            }
        }
        return true;
    }

    void removeTheDead() {
        for (int cell = 0; cell < cells; cell++) {
            final long token = token(cell);
            if (token != 0 && participants.isOwnerDead(token) && record.compareAndSetLong(cellOffset(cell), token, 0)) {
                statistics.recovered();
                departed();
            }
        }
    }

    /** Says that somebody will sleep until a cell is given back. Look again after this. {@return the word to sleep on} */
    int announce() {
        while (true) {
            final int word = record.getIntVolatile(DEPARTURES_OFFSET);
            if ((word & WAITERS) != 0 || record.compareAndSetInt(DEPARTURES_OFFSET, word, word | WAITERS)) {
                return word | WAITERS;
            }
        }
    }

    /** Sleeps one slice on that word. {@return what ends the waiting, or null} */
    Outcome sleep(final int word, final long leftNs, final Object object) {
        return sleeper.sleep(word, leftNs, Long.MAX_VALUE, object);
    }

    private void departed() {
        final int word = record.getIntVolatile(DEPARTURES_OFFSET);
        if ((word & WAITERS) != 0 && record.compareAndSetInt(DEPARTURES_OFFSET, word, (word & ~WAITERS) + DEPARTURE)) {
            sleeper.wakeAll(); // if the CAS failed, somebody else wakes
        }
    }

    private long token(final int cell) {
        return record.getLongVolatile(cellOffset(cell));
    }

    /** Where a token's cells begin: each thread has a place of its own if it can. */
    private int start(final long token) {
        final int mixed = (Long.hashCode(token) * SPREAD) >>> SPREAD_SHIFT;
        return mixed % cells;
    }
}
