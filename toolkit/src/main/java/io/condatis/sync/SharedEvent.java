package io.condatis.sync;

import static io.condatis.sync.EventDescriptor.GENERATION_MASK;
import static io.condatis.sync.EventDescriptor.GENERATION_STEP;
import static io.condatis.sync.EventDescriptor.MAGIC;
import static io.condatis.sync.EventDescriptor.MAGIC_OFFSET;
import static io.condatis.sync.EventDescriptor.SET;
import static io.condatis.sync.EventDescriptor.STATE_OFFSET;
import static io.condatis.sync.EventDescriptor.STATISTICS_OFFSET;
import static io.condatis.sync.EventDescriptor.WAITERS;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import io.condatis.internal.os.CrashPoint;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A flag that the threads of any number of processes set, clear and wait for.
 *
 * <p>A wait ends when the event is set, and also when it was set and cleared again meanwhile: no set is missed. Nobody
 * owns an event, so there is nothing to recover when somebody dies; a setter that is killed between the change and the
 * wake costs its waiters about a millisecond, or {@value Sleeper#SLICE_MS} ms where deaths are not watched. Any thread
 * may be virtual.
 *
 * <p>Layout: {@link EventDescriptor}. Each change is one CAS on one word.
 *
 * <p>In CPython: {@code multiprocessing.Event}, which hangs in {@code set()} when a waiter was killed, and whose
 * {@code wait()} may return False when the event is cleared soon after it was set.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedEvent implements Serializable {
    /** Bytes that an event takes in memory. */
    public static final int LENGTH = EventDescriptor.LENGTH;

    private final UnsafeBuffer record;

    /** Of the memory that is this object; null when it is part of something. */
    private final Access whole;

    private final Participants participants;
    private final String name;
    private final Sleeper sleeper;
    private final Statistics statistics;

    private SharedEvent(
            final UnsafeBuffer record, final Participants participants, final String name, final Access whole) {
        this.record = record;
        this.whole = whole;
        this.participants = participants;
        this.name = name;
        this.sleeper = new Sleeper(participants, record.addressOffset() + STATE_OFFSET, "event");
        this.statistics = new Statistics(record, STATISTICS_OFFSET);
    }

    /**
     * Makes an event in memory that nobody else sees yet, not set.
     *
     * @param buffer off-heap memory
     * @param offset of the event in it; its address must be a multiple of 64
     */
    public static void initialise(final AtomicBuffer buffer, final int offset) {
        checkAlignment(buffer, offset);
        buffer.setMemory(offset, LENGTH, (byte) 0);
        buffer.putIntVolatile(offset + MAGIC_OFFSET, MAGIC);
    }

    /**
     * The event at a place in memory.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the event in it
     * @param participants this process's membership in the region
     * @param name for messages
     * @return an event object; any number of them may stand for one event
     * @throws CondatisException when there is no event
     */
    public static SharedEvent at(
            final AtomicBuffer buffer, final int offset, final Participants participants, final String name) {
        Objects.requireNonNull(participants, "participants");
        checkAlignment(buffer, offset);
        final int magic = buffer.getIntVolatile(offset + MAGIC_OFFSET);
        if (magic != MAGIC) {
            throw new CondatisException("no event '" + name + "' at offset=" + offset + ": magic=0x"
                    + Integer.toHexString(magic) + ", expected 0x" + Integer.toHexString(MAGIC));
        }
        return new SharedEvent(
                new UnsafeBuffer(buffer, offset, LENGTH), participants, name, Records.whole(buffer, offset, LENGTH));
    }

    /** {@return whether the event is set} */
    public boolean isSet() {
        return (state() & SET) != 0;
    }

    /** Sets the event and ends the waits of all who wait; nothing when it is set. */
    public void set() {
        int state;
        do {
            state = state();
            if ((state & SET) != 0) {
                return;
            }
        } while (!record.compareAndSetInt(STATE_OFFSET, state, (state & GENERATION_MASK) + GENERATION_STEP | SET));
        if (CrashPoint.ON) {
            CrashPoint.reached("event.set");
        }
        if ((state & WAITERS) != 0) {
            sleeper.wakeAll();
        }
    }

    /** Makes later waits wait; nothing when it is not set. */
    public void clear() {
        int state;
        do {
            state = state();
        } while ((state & SET) != 0 && !record.compareAndSetInt(STATE_OFFSET, state, state & ~SET));
    }

    /**
     * Waits until the event is set.
     *
     * @throws InterruptedException when the thread is interrupted before or while it waits
     */
    public void await() throws InterruptedException {
        awaitNs(Long.MAX_VALUE);
    }

    /**
     * Waits until the event is set, or the time is up.
     *
     * @param time longest wait; none when not positive
     * @param unit of the time
     * @return whether it is or was set
     * @throws InterruptedException when the thread is interrupted before or while it waits
     */
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        return awaitNs(Sleeper.span(time, unit));
    }

    /** {@return how often somebody slept until the event was set} */
    public long waits() {
        checkOpen();
        return statistics.waits();
    }

    /** {@return the longest time in ns that somebody slept until the event was set} */
    public long longestWaitNs() {
        checkOpen();
        return statistics.longestWaitNs();
    }

    /** {@return the name that was given for messages} */
    public String name() {
        return name;
    }

    /** Name, whether it is set, and whether somebody waits, at this moment. */
    @Override
    public String toString() {
        if (participants.isClosed()) {
            return "SharedEvent[" + name + ", closed]";
        }
        final int state = record.getIntVolatile(STATE_OFFSET);
        return "SharedEvent[" + name
                + ((state & SET) != 0 ? ", set" : ", unset")
                + ((state & WAITERS) != 0 ? ", waiters]" : "]");
    }

    private boolean awaitNs(final long timeoutNs) throws InterruptedException {
        final int first = state();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if ((first & SET) != 0) {
            return true;
        }
        if (timeoutNs > 0 && spin(first)) {
            return true;
        }
        final long startNs = System.nanoTime();
        boolean slept = false;
        while (true) {
            final int state = record.getIntVolatile(STATE_OFFSET);
            final long waitedNs = System.nanoTime() - startNs;
            if (((state ^ first) & GENERATION_MASK) != 0) {
                if (slept) {
                    statistics.waited(waitedNs);
                }
                return true;
            }
            final int announced = state | WAITERS;
            if (state != announced && !record.compareAndSetInt(STATE_OFFSET, state, announced)) {
                continue;
            }
            final Outcome outcome = sleeper.sleep(announced, timeoutNs - waitedNs, Long.MAX_VALUE, this);
            if (outcome == Outcome.INTERRUPTED) {
                throw new InterruptedException();
            }
            if (outcome == Outcome.TIMED_OUT) {
                return wasSetSince(first);
            }
            slept = true;
        }
    }

    private boolean spin(final int first) {
        for (int i = 0; i < Sleeper.SPINS; i++) {
            Thread.onSpinWait();
            if (wasSetSince(first)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the event, which was not set, has been set: that makes a new generation. */
    private boolean wasSetSince(final int first) {
        return ((record.getIntVolatile(STATE_OFFSET) ^ first) & GENERATION_MASK) != 0;
    }

    private int state() {
        checkOpen();
        return record.getIntVolatile(STATE_OFFSET);
    }

    private void checkOpen() {
        if (participants.isClosed()) {
            throw new IllegalStateException(this + " cannot be used: its shared memory was closed");
        }
    }

    private static void checkAlignment(final AtomicBuffer buffer, final int offset) {
        if ((buffer.addressOffset() + offset & (EventDescriptor.ALIGNMENT - 1)) != 0) {
            throw new IllegalArgumentException("offset=" + offset
                    + " of an event is not at an address that is a multiple of " + EventDescriptor.ALIGNMENT);
        }
    }

    private Object writeReplace() throws NotSerializableException {
        return Records.handle(this, whole);
    }
}
