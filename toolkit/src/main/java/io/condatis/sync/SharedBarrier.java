package io.condatis.sync;

import static io.condatis.sync.BarrierDescriptor.CAUSE_OFFSET;
import static io.condatis.sync.BarrierDescriptor.CULPRIT_OFFSET;
import static io.condatis.sync.BarrierDescriptor.GENERATION_OFFSET;
import static io.condatis.sync.BarrierDescriptor.LOCK_OFFSET;
import static io.condatis.sync.BarrierDescriptor.MAGIC;
import static io.condatis.sync.BarrierDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.BarrierDescriptor.SEATS_OFFSET;
import static io.condatis.sync.BarrierDescriptor.SEQUENCE_OFFSET;
import static io.condatis.sync.BarrierDescriptor.STATISTICS_OFFSET;
import static io.condatis.sync.BarrierSeats.NONE;

import io.condatis.internal.os.Access;
import io.condatis.internal.os.CrashPoint;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A place where a fixed number of threads of any processes wait for each other, again and again.
 *
 * <p>A party takes a seat when it first waits or by {@link #join()}, and keeps it. When as many parties wait as there are
 * seats, the last one runs its {@linkplain #withAction action}, if it has one, and then all go on at once. Any thread may
 * be virtual. If more threads than seats use the barrier, they take the seats of others that do not wait at the moment.
 *
 * <p>The barrier <em>breaks</em> when a party that has a seat is killed, wherever it is, within about one slice of
 * {@value Sleeper#SLICE_MS} ms; when one waits too long, is interrupted, or its action throws; and by {@link #abort()}. Then all
 * that wait, and all that come, get a {@link BrokenBarrierException} that says why, until {@link #reset()}. A party whose
 * process has ended in an orderly way, or has closed the region, has given its seat up instead, as by {@link #leave()}.
 * A process that is killed before it has a seat cannot be missed by anybody: let all parties join before they do anything
 * else. Nobody ever goes on unless all have come.
 *
 * <p>Everything but the sleep and the action happens under a lock inside the barrier; whoever is killed with it breaks the
 * barrier, and whoever is stopped with it, a microsecond in each pass, delays the others, their time-outs too, until it goes
 * on. All are released by one store, so a death releases all or none.
 *
 * <p>In CPython: {@code multiprocessing.Barrier}, where a party killed while it waits blocks all later ones for ever.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedBarrier implements Serializable {
    private static final String KIND = "barrier";

    private final UnsafeBuffer record;
    private final Access whole; // null when it is part of something, or has an action or a time-out
    private final Participants participants;
    private final String name;
    private final SharedLock lock;
    private final BarrierSeats seats;
    private final Runnable action;
    private final long defaultTimeoutNs;
    private final Sleeper sleeper;
    private final Statistics statistics;

    private SharedBarrier(
            final UnsafeBuffer record, final Participants participants, final String name, final Access whole) {
        this.record = record;
        this.whole = whole;
        this.participants = participants;
        this.name = name;
        this.lock = SharedLock.at(record, LOCK_OFFSET, participants, name);
        this.seats = new BarrierSeats(record, participants);
        this.sleeper = new Sleeper(participants, record.addressOffset() + SEQUENCE_OFFSET, "barrier");
        this.statistics = new Statistics(record, STATISTICS_OFFSET);
        this.action = null;
        this.defaultTimeoutNs = Long.MAX_VALUE;
    }

    private SharedBarrier(final SharedBarrier that, final Runnable action, final long defaultTimeoutNs) {
        this.record = that.record;
        this.whole = null;
        this.participants = that.participants;
        this.name = that.name;
        this.lock = that.lock;
        this.seats = that.seats;
        this.sleeper = that.sleeper;
        this.statistics = that.statistics;
        this.action = action;
        this.defaultTimeoutNs = defaultTimeoutNs;
    }

    /**
     * The bytes that a barrier takes in memory.
     *
     * @param parties 1 to 4096
     * @return its length
     */
    public static int lengthBytes(final int parties) {
        return BarrierDescriptor.length(parties);
    }

    /**
     * Makes a barrier with free seats in memory that nobody else sees yet.
     *
     * @param buffer off-heap memory
     * @param offset of the barrier in it; its address must be a multiple of 64
     * @param parties how many wait for each other
     */
    public static void initialise(final AtomicBuffer buffer, final int offset, final int parties) {
        Records.checkAlignment(buffer, offset, KIND);
        buffer.setMemory(offset, lengthBytes(parties), (byte) 0);
        SharedLock.initialise(buffer, offset + LOCK_OFFSET);
        buffer.putInt(offset + SEATS_OFFSET, parties);
        buffer.putIntVolatile(offset + MAGIC_OFFSET, MAGIC);
    }

    /**
     * The barrier at a place in memory.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the barrier in it
     * @param participants this process's membership in the region
     * @param name for messages
     * @return a barrier object; any number of them may stand for one barrier
     * @throws io.condatis.error.CondatisException when there is no barrier
     */
    public static SharedBarrier at(
            final AtomicBuffer buffer, final int offset, final Participants participants, final String name) {
        Records.checkAlignment(buffer, offset, KIND);
        Records.checkMagic(buffer, offset + MAGIC_OFFSET, MAGIC, KIND, name);
        final UnsafeBuffer record = BarrierSeats.record(buffer, offset, KIND, name);
        return new SharedBarrier(record, participants, name, Records.whole(buffer, offset, record.capacity()));
    }

    /**
     * The same barrier with something to do each time when all have come. Give it to every party: the one that comes last
     * runs its own, before anybody goes on. If it throws, that party gets what was thrown and the barrier breaks; if its
     * process is killed meanwhile, the barrier breaks.
     *
     * @param everyTime to run; may use the barrier, but not wait at it
     * @return another object for this barrier; it is not serialised, as the barrier itself is
     */
    public SharedBarrier withAction(final Runnable everyTime) {
        return new SharedBarrier(this, Objects.requireNonNull(everyTime, "everyTime"), defaultTimeoutNs);
    }

    /**
     * The same barrier with a longest wait for {@link #await()}.
     *
     * @param time longest wait; at its end the barrier breaks
     * @param unit of the time
     * @return another object for this barrier; it is not serialised, as the barrier itself is
     */
    public SharedBarrier withTimeout(final long time, final TimeUnit unit) {
        return new SharedBarrier(this, action, Sleeper.span(time, unit));
    }

    /**
     * Takes a seat without waiting, so that the others learn of this party's death from now on.
     *
     * @throws IllegalStateException when all seats are taken
     */
    public void join() {
        final long token = participants.token(ThreadOrdinal.current(), this);
        enter();
        try {
            if (seats.sit(token) == NONE) {
                throw new IllegalStateException("all seats of " + this + " are taken");
            }
        } finally {
            lock.unlock();
        }
        reached("barrier.joined");
    }

    /** Gives the calling thread's seat up, if it has one. */
    public void leave() {
        final long token = participants.token(ThreadOrdinal.current(), this);
        enter();
        try {
            final int seat = seats.of(token);
            if (seat != NONE) {
                seats.stand(seat);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all parties have come, as long as {@link #withTimeout} says.
     *
     * @return the order of arrival, 0 for the first, one less than {@link #parties()} for the last
     * @throws InterruptedException when the thread is interrupted, noticed within {@value Sleeper#SLICE_MS} ms; breaks the barrier
     * @throws BrokenBarrierException when the barrier is broken, or breaks, or its time is up
     */
    public int await() throws InterruptedException, BrokenBarrierException {
        return awaitNs(defaultTimeoutNs);
    }

    /**
     * Waits until all parties have come.
     *
     * @param time longest wait; at its end the barrier breaks
     * @param unit of the time
     * @return the order of arrival, 0 for the first, one less than {@link #parties()} for the last
     * @throws InterruptedException when the thread is interrupted, noticed within {@value Sleeper#SLICE_MS} ms; breaks the barrier
     * @throws BrokenBarrierException when the barrier is broken, or breaks, or the time is up
     */
    public int await(final long time, final TimeUnit unit) throws InterruptedException, BrokenBarrierException {
        return awaitNs(Sleeper.span(time, unit));
    }

    /** Breaks the barrier: whoever waits or comes gets an exception, until {@link #reset()}. */
    public void abort() {
        enter();
        breakUp(BreakCause.ABORT, 0);
    }

    /** Makes the barrier whole and empty. Whoever waits gets an exception; the seats of the dead are free again. */
    public void reset() {
        enter();
        seats.turnAway();
        reached("barrier.resetting");
        seats.removeTheDead();
        record.putIntVolatile(CAUSE_OFFSET, 0);
        nextGeneration();
        unlockAndWake("barrier.reset");
    }

    /** {@return whether it is broken} */
    public boolean isBroken() {
        checkOpen();
        return cause() != null;
    }

    /** {@return how many wait now} */
    public int waiting() {
        checkOpen();
        return seats.waiting();
    }

    /** {@return how many wait for each other} */
    public int parties() {
        return seats.length();
    }

    /** {@return how often it broke} */
    public long breaks() {
        checkOpen();
        return statistics.recoveries();
    }

    /** {@return how often a party slept until the others came} */
    public long waits() {
        checkOpen();
        return statistics.waits();
    }

    /** {@return the longest such wait in ns} */
    public long longestWaitNs() {
        checkOpen();
        return statistics.longestWaitNs();
    }

    /** {@return the name that was given for messages} */
    public String name() {
        return name;
    }

    /** Name, how many of how many wait, and why it is broken, at this moment. */
    @Override
    public String toString() {
        if (participants.isClosed()) {
            return "SharedBarrier[" + name + ", closed]";
        }
        final BreakCause cause = cause();
        return "SharedBarrier[" + name + ", " + seats.waiting() + " of " + seats.length() + " wait"
                + (cause == null ? "" : ", broken: " + describe(cause)) + "]";
    }

    private int awaitNs(final long timeoutNs) throws InterruptedException, BrokenBarrierException {
        final long startNs = System.nanoTime();
        enter();
        if (Thread.interrupted()) {
            breakUp(BreakCause.INTERRUPT, 0);
            throw new InterruptedException();
        }
        final int seat = takeSeat(startNs, timeoutNs);
        try {
            return passFrom(seat, startNs, timeoutNs);
        } finally {
            if (!participants.isClosed()) {
                seats.settle(seat);
            }
        }
    }

    private int passFrom(final int seat, final long startNs, final long timeoutNs)
            throws InterruptedException, BrokenBarrierException {
        final long generation = seats.generation();
        seats.arrive(seat);
        final int index = seats.indexOf(seat);
        reached("barrier.arrived");
        if (seats.waiting() == seats.length()) {
            if (action != null) {
                runAction(seat, generation);
            }
            nextGeneration();
            unlockAndWake("barrier.tripped");
            return index;
        }
        lock.unlock();
        reached("barrier.waiting");
        while (!isOver(seat, generation)) {
            sleep(seat, generation, startNs, timeoutNs);
        }
        statistics.waited(System.nanoTime() - startNs);
        return index;
    }

    /** A seat for the calling thread, waiting for one while those of the last time have not all gone on. */
    private int takeSeat(final long startNs, final long timeoutNs) throws InterruptedException, BrokenBarrierException {
        final long token = participants.token(ThreadOrdinal.current(), this);
        while (true) {
            if (cause() != null) {
                lock.unlock();
                throw broken();
            }
            int seat = seats.sit(token);
            if (seat == NONE) {
                breakIfDead();
                seat = seats.displace(token);
            }
            if (seat != NONE) {
                return seat;
            }
            final int sequence = sequence();
            lock.unlock();
            final Outcome outcome =
                    sleeper.sleep(sequence, timeoutNs - (System.nanoTime() - startNs), Sleeper.SHORT_SLICE_NS, this);
            enter();
            endWait(outcome);
        }
    }

    /** Without the lock: whether all have come; an exception if the barrier broke first. */
    private boolean isOver(final int seat, final long generation) throws BrokenBarrierException {
        final boolean moved = seats.generation() != generation; // before the seat, which a reset writes first
        if (seats.isTurnedAway(seat)) {
            throw broken();
        }
        return moved;
    }

    /** One slice; then what has to be decided under the lock. */
    private void sleep(final int seat, final long generation, final long startNs, final long timeoutNs)
            throws InterruptedException, BrokenBarrierException {
        final int sequence = sequence();
        for (int i = 0; i < Sleeper.SPINS && sequence() == sequence; i++) {
            Thread.onSpinWait();
        }
        if (isDecided(seat, generation)) {
            return;
        }
        Outcome outcome = null;
        if (!hasSomebodyDied()) {
            outcome = sleeper.sleep(sequence, timeoutNs - (System.nanoTime() - startNs), Long.MAX_VALUE, this);
        }
        if (outcome != null || hasSomebodyDied()) {
            enter();
            if (!isDecided(seat, generation)) {
                breakIfDead();
                endWait(outcome);
            } else if (outcome == Outcome.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            lock.unlock();
        }
    }

    private boolean isDecided(final int seat, final long generation) {
        return seats.generation() != generation || seats.isTurnedAway(seat);
    }

    private boolean hasSomebodyDied() {
        return lock.core().isHeldByTheDead() || seats.dead() != 0;
    }

    /** With the lock; gives it up if it throws. */
    private void endWait(final Outcome outcome) throws InterruptedException, BrokenBarrierException {
        if (outcome == Outcome.INTERRUPTED) {
            breakUp(BreakCause.INTERRUPT, 0);
            throw new InterruptedException();
        }
        if (outcome == Outcome.TIMED_OUT) {
            breakUp(BreakCause.TIMEOUT, 0);
            throw broken();
        }
    }

    /** With the lock; gives it up if it throws. */
    private void breakIfDead() throws BrokenBarrierException {
        final long dead = seats.dead();
        if (dead != 0) {
            breakUp(BreakCause.DEATH, dead);
            throw broken();
        }
    }

    /** Gives the lock up while the action runs; the others see the runner's seat, should it die. */
    private void runAction(final int seat, final long generation) throws BrokenBarrierException {
        lock.unlock();
        reached("barrier.acting");
        boolean done = false;
        try {
            action.run();
            done = true;
        } finally {
            enter();
            if (seats.isTurnedAway(seat) || seats.generation() != generation) {
                lock.unlock();
                if (done) {
                    throw broken();
                }
            } else if (!done) {
                breakUp(BreakCause.ACTION, 0);
            }
        }
    }

    /** Locks; if the last one who did was killed inside, the barrier is broken. */
    private void enter() {
        lock.lock();
        reached("barrier.entered");
        if (lock.isAbandoned()) {
            markBroken(BreakCause.DEATH, 0);
            lock.markConsistent();
            sleeper.wakeAll();
        }
    }

    private void breakUp(final BreakCause cause, final long culprit) {
        markBroken(cause, culprit);
        unlockAndWake("barrier.broken");
    }

    private void markBroken(final BreakCause cause, final long culprit) {
        if (cause() == null) {
            record.putLong(CULPRIT_OFFSET, culprit);
            record.putIntVolatile(CAUSE_OFFSET, cause.code());
            statistics.recovered();
        }
        reached("barrier.breaking");
        seats.turnAway();
        record.getAndAddInt(SEQUENCE_OFFSET, 1);
    }

    private void nextGeneration() {
        record.getAndAddLong(GENERATION_OFFSET, 1);
        record.getAndAddInt(SEQUENCE_OFFSET, 1);
    }

    private void unlockAndWake(final String point) {
        lock.unlock();
        reached(point);
        sleeper.wakeAll();
    }

    private BrokenBarrierException broken() {
        final BreakCause cause = cause();
        return new BrokenBarrierException("barrier '" + name + "' "
                + (cause == null ? "was reset" : "is broken: " + describe(cause)) + "; reset() makes it usable again");
    }

    private String describe(final BreakCause cause) {
        final long culprit = cause == BreakCause.DEATH ? record.getLongVolatile(CULPRIT_OFFSET) : 0;
        return culprit == 0 ? cause.text() : participants.describeOwner(culprit) + " had a seat";
    }

    private BreakCause cause() {
        return BreakCause.of(record.getIntVolatile(CAUSE_OFFSET));
    }

    private int sequence() {
        return record.getIntVolatile(SEQUENCE_OFFSET);
    }

    private void checkOpen() {
        if (participants.isClosed()) {
            throw new IllegalStateException(this + " cannot be used: its shared memory was closed");
        }
    }

    private static void reached(final String point) {
        if (CrashPoint.ON) {
            CrashPoint.reached(point);
        }
    }

    private Object writeReplace() throws NotSerializableException {
        return Records.handle(this, whole);
    }
}
