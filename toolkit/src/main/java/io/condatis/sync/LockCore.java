package io.condatis.sync;

import static io.condatis.sync.LockDescriptor.DIRTY;
import static io.condatis.sync.LockDescriptor.LENGTH;
import static io.condatis.sync.LockDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.LockDescriptor.POLICY_OFFSET;
import static io.condatis.sync.LockDescriptor.REENTRIES_OFFSET;
import static io.condatis.sync.LockDescriptor.STARVING;
import static io.condatis.sync.LockDescriptor.STATE_OFFSET;
import static io.condatis.sync.LockDescriptor.STATISTICS_OFFSET;
import static io.condatis.sync.LockDescriptor.WAITERS;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.CrashPoint;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The slow ways of a lock: everything but the CAS that takes a free one and the CAS that frees one that nobody waits for,
 * which the locks do themselves. Layout: {@link LockDescriptor}.
 *
 * <p>States of the word and the steps between them, each one CAS:
 * <ul>
 *   <li>free to owned, owned to free: the owner's token comes and goes; D and S stay, W goes at unlock;
 *   <li>owned to W set: somebody is about to sleep. After it sleeps, it sets W again when it takes the lock, since it
 *       cannot know whether others sleep too;
 *   <li>owned to S set: somebody has waited {@value #STARVING_AFTER_MS} ms. While S is set only such threads may take a
 *       free lock, the first one clears it;
 *   <li>owned by the dead to owned by me, D and W set: recovery. Of several only one succeeds, and if that one dies at any
 *       point the next recovers from it in the same way;
 *   <li>owned by the dead to free, D set: the same under {@link Abandonment#POISON}, by somebody who may not enter.
 * </ul>
 * A wake that is lost because its sender died costs one slice: nobody sleeps longer without looking.
 */
final class LockCore {
    private static final int STARVING_AFTER_MS = 5;
    private static final long STARVING_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(STARVING_AFTER_MS);

    final UnsafeBuffer record;
    final Participants participants;

    private final String kind;
    private final String name;
    private final boolean poisonous;
    private final Runnable repair;
    private final Sleeper sleeper;
    private final Statistics statistics;

    private LockCore(
            final UnsafeBuffer record,
            final Participants participants,
            final String kind,
            final String name,
            final Runnable repair) {
        this.record = record;
        this.participants = participants;
        this.kind = kind;
        this.name = name;
        this.repair = abandonment() == Abandonment.REPAIR ? repair : null;
        this.poisonous = abandonment() == Abandonment.POISON;
        this.sleeper = new Sleeper(participants, record.addressOffset() + STATE_OFFSET, "lock");
        this.statistics = new Statistics(record, STATISTICS_OFFSET);
    }

    static void initialise(
            final AtomicBuffer buffer, final int offset, final int magic, final Abandonment abandonment) {
        checkAlignment(buffer, offset);
        buffer.setMemory(offset, LENGTH, (byte) 0);
        buffer.putInt(offset + POLICY_OFFSET, abandonment.code());
        buffer.putIntVolatile(offset + MAGIC_OFFSET, magic);
    }

    /** The lock at the start of a piece of memory that {@link #record} has cut out. */
    static LockCore at(
            final UnsafeBuffer record,
            final Participants participants,
            final String kind,
            final String name,
            final Runnable repair) {
        return new LockCore(record, Objects.requireNonNull(participants, "participants"), kind, name, repair);
    }

    /** Exactly the memory of a lock, if one of this kind is there. */
    static UnsafeBuffer record(final AtomicBuffer buffer, final int offset, final int magic, final String name) {
        checkAlignment(buffer, offset);
        final int found = buffer.getIntVolatile(offset + MAGIC_OFFSET);
        if (found != magic) {
            throw new CondatisException("no lock '" + name + "' at offset=" + offset + ": magic=0x"
                    + Integer.toHexString(found) + ", expected 0x" + Integer.toHexString(magic));
        }
        return new UnsafeBuffer(buffer, offset, LENGTH);
    }

    /** Locks, with an interrupt kept for later. */
    void lock(final long token, final boolean forRepair) {
        boolean interrupted = false;
        try {
            while (acquire(token, Long.MAX_VALUE, forRepair) == Outcome.INTERRUPTED) {
                interrupted = true; // the status is clear now, so that the next sleep is one
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        entered(token, forRepair);
    }

    /** Locks within a time, which may be none, unless interrupted. */
    boolean tryLock(final long token, final long timeoutNs) throws InterruptedException {
        if (timeoutNs <= 0) {
            return tryLock(token);
        }
        final Outcome outcome = acquire(token, timeoutNs, false);
        if (outcome == Outcome.INTERRUPTED) {
            throw new InterruptedException();
        }
        if (outcome == Outcome.ACQUIRED) {
            entered(token, false);
            return true;
        }
        return false;
    }

    /** Locks if nobody living holds it. */
    boolean tryLock(final long token) {
        while (true) {
            final long word = state();
            if (isFree(word)) {
                checkPoison(word);
                if (record.compareAndSetLong(STATE_OFFSET, word, word | token)) {
                    break;
                }
            } else if ((word & OwnerToken.MASK) == token || !participants.isOwnerDead(word)) {
                return false;
            } else if (recover(word, token, false)) {
                break;
            }
        }
        entered(token, false);
        return true;
    }

    /** Unlocks when the word is more than the owner's token. */
    void unlock(final long token) {
        long word;
        do {
            word = state();
            checkOwner(word, token);
        } while (!record.compareAndSetLong(STATE_OFFSET, word, word & (DIRTY | STARVING)));
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.unlocked");
        }
        if ((word & WAITERS) != 0) {
            if ((word & STARVING) != 0 || isPoisoned(word)) {
                sleeper.wakeAll(); // all of them may enter, or none of them
            } else {
                sleeper.wakeOne();
            }
        }
    }

    /**
     * Unlocks however often the owner has locked, for a wait on a condition.
     *
     * @return what {@link #lockAgain} needs
     */
    int unlockAll(final long token) {
        checkOwner(state(), token);
        final int reentries = record.getInt(REENTRIES_OFFSET);
        record.putInt(REENTRIES_OFFSET, 0);
        if (!record.compareAndSetLong(STATE_OFFSET, token, 0)) {
            unlock(token);
        }
        return reentries;
    }

    /**
     * Locks again after {@link #unlockAll}, as often as before. Whatever the policy the thread holds the lock afterwards
     * and is told by {@link #isAbandoned()}.
     */
    void lockAgain(final long token, final int reentries) {
        if (!record.compareAndSetLong(STATE_OFFSET, 0, token)) {
            lock(token, true);
        }
        record.putInt(REENTRIES_OFFSET, reentries);
    }

    /** Clears D. */
    void markConsistent(final long token) {
        long word;
        do {
            word = state();
            checkOwner(word, token);
        } while ((word & DIRTY) != 0 && !record.compareAndSetLong(STATE_OFFSET, word, word & ~DIRTY));
    }

    /** What every way in does last. */
    void acquired(final ThreadOrdinal thread) {
        thread.acquired();
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.acquired");
        }
    }

    /** Whether the calling thread holds the lock. */
    boolean isHeldByCurrentThread() {
        return participants.isOwner(checkedState(), ThreadOrdinal.current());
    }

    boolean isAbandoned() {
        return (checkedState() & DIRTY) != 0;
    }

    boolean isLocked() {
        return (checkedState() & OwnerToken.MASK) != 0;
    }

    Abandonment abandonment() {
        return Abandonment.ofCode(record.getInt(POLICY_OFFSET));
    }

    /** Where to read how the lock has fared. */
    Statistics statistics() {
        checkOpen();
        return statistics;
    }

    /** Where this process has the lock in memory. */
    long address() {
        return record.addressOffset();
    }

    String name() {
        return name;
    }

    void checkOwner(final long word, final long token) {
        if ((word & OwnerToken.MASK) != token) {
            throw new IllegalMonitorStateException("the calling thread does not hold " + this);
        }
    }

    long state() {
        return record.getLongVolatile(STATE_OFFSET);
    }

    @Override
    public String toString() {
        if (participants.isClosed()) {
            return kind + "[" + name + ", closed]";
        }
        final long word = state();
        final int reentries = record.getIntVolatile(REENTRIES_OFFSET);
        return kind + "[" + name
                + ((word & OwnerToken.MASK) == 0
                        ? ", free"
                        : ", held by " + participants.describeOwner(word)
                                + (reentries == 0 ? "" : " " + (reentries + 1) + " times"))
                + ((word & WAITERS) == 0 ? "" : ", waiters")
                + ((word & DIRTY) == 0 ? "" : ", abandoned")
                + "]";
    }

    /** Whether somebody died with the lock and nobody has taken it over yet. */
    boolean isHeldByTheDead() {
        final long word = checkedState();
        return (word & OwnerToken.MASK) != 0 && participants.isOwnerDead(word);
    }

    private Outcome acquire(final long token, final long timeoutNs, final boolean forRepair) {
        if (spin(token, forRepair)) {
            return Outcome.ACQUIRED;
        }
        final long startNs = System.nanoTime();
        boolean slept = false;
        boolean ownerInDoubt = true; // the first look at the owner comes before the first sleep
        while (true) {
            final long word = state();
            final long waitedNs = System.nanoTime() - startNs;
            final boolean starving = waitedNs > STARVING_AFTER_NS;
            if ((ownerInDoubt || isFree(word)) && tryTake(word, token, starving, forRepair)) {
                if (slept) {
                    statistics.waited(waitedNs);
                }
                return Outcome.ACQUIRED;
            }
            final long announced = word | WAITERS | (starving ? STARVING : 0);
            if (!announce(word, announced)) {
                continue;
            }
            final long napNs = isFree(word) ? Sleeper.SHORT_SLICE_NS : untilStarvingNs(waitedNs);
            final Outcome outcome = sleeper.sleep((int) announced, timeoutNs - waitedNs, napNs, this);
            if (outcome != null) {
                withdraw();
                return outcome;
            }
            slept = true;
            ownerInDoubt = ((state() ^ word) & OwnerToken.MASK) == 0;
        }
    }

    private boolean spin(final long token, final boolean forRepair) {
        for (int i = 0; i <= Sleeper.SPINS; i++) {
            final long word = state();
            if ((word & (OwnerToken.MASK | STARVING)) == 0
                    && (forRepair || !isPoisoned(word))
                    && record.compareAndSetLong(STATE_OFFSET, word, token | word)) {
                return true;
            }
            if ((word & OwnerToken.MASK) == token) {
                throw new IllegalMonitorStateException(
                        "the calling thread would wait for itself: it holds " + this + " already");
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Whether a free lock is for the calling thread; throws when it is for nobody. */
    private boolean mayTake(final long word, final boolean starving, final boolean forRepair) {
        if (!forRepair && isPoisoned(word)) {
            withdraw();
            checkPoison(word);
        }
        return starving || (word & STARVING) == 0;
    }

    /** Takes the lock if it is free or its owner is dead; when that fails because the word has changed, it is looked at anew. */
    private boolean tryTake(final long word, final long token, final boolean starving, final boolean forRepair) {
        if (isFree(word)) {
            return mayTake(word, starving, forRepair)
                    && record.compareAndSetLong(STATE_OFFSET, word, token | word & DIRTY | WAITERS);
        }
        return participants.isOwnerDead(word) && recover(word, token, forRepair);
    }

    /** Says that somebody is about to sleep; false when the word has changed. */
    private boolean announce(final long word, final long announced) {
        return word == announced ? state() == word : record.compareAndSetLong(STATE_OFFSET, word, announced);
    }

    private static boolean isFree(final long word) {
        return (word & OwnerToken.MASK) == 0;
    }

    private static long untilStarvingNs(final long waitedNs) {
        return waitedNs > STARVING_AFTER_NS ? Long.MAX_VALUE : STARVING_AFTER_NS + 1 - waitedNs;
    }

    /** Who gives up takes S with it; others that starve set it again. W stays: others may sleep, and it costs one wake. */
    private void withdraw() {
        long word;
        do {
            word = state();
        } while ((word & STARVING) != 0 && !record.compareAndSetLong(STATE_OFFSET, word, word & ~STARVING));
    }

    /** Takes the lock from a dead owner; or frees it from that one, when it is poisoned by this death. */
    private boolean recover(final long word, final long token, final boolean forRepair) {
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.recovering");
        }
        final boolean enters = forRepair || !poisonous;
        if (!record.compareAndSetLong(STATE_OFFSET, word, enters ? token | WAITERS | DIRTY : DIRTY)) {
            return false;
        }
        if (CrashPoint.ON) {
            CrashPoint.reached("lock.recovered");
        }
        statistics.recovered();
        if (!enters) {
            sleeper.wakeAll();
        }
        return enters;
    }

    /** The calling thread has come in by a slow way, perhaps after a dead owner. */
    private void entered(final long token, final boolean forRepair) {
        if ((state() & DIRTY) == 0) {
            return;
        }
        record.putInt(REENTRIES_OFFSET, 0);
        if (repair != null && !forRepair) {
            boolean repaired = false;
            try {
                repair.run();
                if (CrashPoint.ON) {
                    CrashPoint.reached("lock.repaired");
                }
                repaired = true;
            } finally {
                if (!repaired) {
                    unlock(token);
                }
            }
            markConsistent(token);
        }
    }

    private boolean isPoisoned(final long word) {
        return poisonous && (word & DIRTY) != 0;
    }

    private void checkPoison(final long word) {
        if (isPoisoned(word)) {
            throw new AbandonedLockException("an owner of " + this
                    + " died inside; lockForRepair(), restore what it protects, markConsistent() and unlock()");
        }
    }

    private long checkedState() {
        checkOpen();
        return state();
    }

    private void checkOpen() {
        if (participants.isClosed()) {
            throw new IllegalStateException(this + " cannot be used: its shared memory was closed");
        }
    }

    private static void checkAlignment(final AtomicBuffer buffer, final int offset) {
        if ((buffer.addressOffset() + offset & (LockDescriptor.ALIGNMENT - 1)) != 0) {
            throw new IllegalArgumentException("offset=" + offset
                    + " of a lock is not at an address that is a multiple of " + LockDescriptor.ALIGNMENT);
        }
    }
}
