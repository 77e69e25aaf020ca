package io.condatis.examples.desk.book;

import io.condatis.SharedObjects;
import io.condatis.value.LongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a worker stand still at a chosen step inside the critical section, so that it can be killed exactly there. For
 * the demo and for tests; a book of yours takes {@link Checkpoint#NONE}.
 */
public final class KillSwitch implements Checkpoint {
    /** The number of no worker. */
    public static final long NOBODY = 0;

    private static final int TRADE = 0;
    private static final int STEP = 1;
    private static final int STOPPED = 2;
    private static final int LENGTH = 3;

    private final LongArray words;
    private final long worker;

    /**
     * Find the switch in shared memory, or make it there.
     *
     * @param shared where it lives
     * @param worker the number of this process, or {@link #NOBODY} for one that never stops
     */
    public KillSwitch(final SharedObjects shared, final long worker) {
        this.words = shared.longArray("kill.switch", LENGTH);
        this.worker = worker;
        if (worker == NOBODY) {
            release();
        }
    }

    /**
     * Stop whoever gets there.
     *
     * @param sequence the trade that is being entered
     * @param step at which of its steps
     */
    public void stopAt(final long sequence, final int step) {
        words.set(STOPPED, NOBODY);
        words.set(STEP, step);
        words.set(TRADE, sequence);
    }

    /** {@return the number of the worker that stands still, or {@link #NOBODY}} */
    public long stopped() {
        return words.get(STOPPED);
    }

    /** Stop nobody from now on; who stands still goes on standing. */
    public void release() {
        words.set(TRADE, NO_TRADE);
    }

    @Override
    public void reached(final long sequence, final int step) {
        if (sequence == words.get(TRADE) && step == words.get(STEP) && sequence != NO_TRADE && worker != NOBODY) {
            words.set(STOPPED, worker);
            while (true) {
                LockSupport.park(this);
            }
        }
    }
}
