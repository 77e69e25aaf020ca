package io.condatis.cli;

import io.condatis.SharedObjects;
import java.util.Random;

/** A primitive under torture: what victims do with it, and what must hold. */
abstract class TortureSubject implements AutoCloseable {
    /** Longer than any wait may last, however loaded the machine is. */
    static final long STUCK_S = 20;

    final TortureTally tally;

    TortureSubject(final TortureTally tally) {
        this.tally = tally;
    }

    /** Threads of each victim. */
    int threads() {
        return 2;
    }

    /** Whether no victim gets anywhere while one of them is missing. */
    boolean needsEverybody() {
        return false;
    }

    /** One operation of a victim. */
    abstract void round(int victim, Random random) throws Exception;

    /** One turn of the process that is never killed; a wait without end here is a violation. */
    abstract void outside(Random random) throws Exception;

    /** After the last kill, with all victims dead. */
    abstract void verify() throws Exception;

    /** After a victim was killed and is gone. */
    void buried(final int victim) {}

    /** In the process that is never killed, last of all. */
    @Override
    public void close() {}

    static TortureSubject of(
            final TorturePrimitive primitive, final SharedObjects shared, final TortureTally tally, final int victims) {
        switch (primitive) {
            case LOCK:
                return new SectionSubject(tally, shared.lock("subject"));
            case REENTRANT:
                return new SectionSubject(tally, shared.reentrantLock("subject"));
            case SEMAPHORE:
                return new SemaphoreSubject(tally, shared.semaphore("subject", 1, SemaphoreSubject.PERMITS));
            case BOUNDED:
                return new SemaphoreSubject(tally, shared.boundedSemaphore("subject", SemaphoreSubject.PERMITS));
            case EVENT:
                return new EventSubject(tally, shared.event("subject"));
            case CONDITION:
                return new ConditionSubject(tally, shared);
            case BARRIER:
                return new BarrierSubject(tally, shared.barrier("subject", victims));
            case RWLOCK:
                return new ReadWriteSubject(tally, shared.readWriteLock("subject"));
            default:
                return new DoorbellSubject(tally, shared.name(), victims);
        }
    }
}
