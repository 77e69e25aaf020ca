package io.condatis.sync;

import static io.condatis.sync.SemaphoreDescriptor.PLAIN_MAGIC;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Permits that the threads of any number of processes take and give back, and which survive the death of those who have
 * some.
 *
 * <p>Permits are cells in memory that name their owner. Whoever dies with permits loses them to those that want them,
 * within about a millisecond, or {@value Sleeper#SLICE_MS} ms where deaths are not watched, and exactly as many as it
 * had, wherever it was killed; a process that is merely stopped keeps them. {@link #recoveries()} counts such permits.
 *
 * <p>A permit belongs to the thread that acquired it. A release gives back one of the calling thread's, else one of
 * another thread of its process, else it makes a new one, up to {@link #maxPermits()}. Taking a
 * permit costs one CAS, and a look at up to {@link #maxPermits()} cells. Any thread may be virtual. Waiters are not served in any order.
 *
 * <p>Layout: {@link SemaphoreDescriptor}. Protocol: {@link PermitCells}.
 *
 * <p>In CPython: {@code multiprocessing.Semaphore}, whose permits die with their owner.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedSemaphore implements Serializable {
    private final PermitCells cells;

    /** Of the memory that is this object; null when it is part of something. */
    private final Access whole;

    private final Permit permit = new Permit(this::release);

    private SharedSemaphore(final PermitCells cells, final Access whole) {
        this.cells = cells;
        this.whole = whole;
    }

    /**
     * How much memory a semaphore takes.
     *
     * @param maxPermits the most permits that it can have
     * @return bytes, a multiple of 64
     */
    public static int lengthBytes(final int maxPermits) {
        return SemaphoreDescriptor.length(maxPermits);
    }

    /**
     * Makes a semaphore in memory that nobody else sees yet.
     *
     * @param buffer off-heap memory
     * @param offset of the semaphore in it; its address must be a multiple of 64
     * @param permits that it has at first, from 0
     * @param maxPermits the most that it can have
     */
    public static void initialise(
            final AtomicBuffer buffer, final int offset, final int permits, final int maxPermits) {
        PermitCells.initialise(buffer, offset, PLAIN_MAGIC, permits, maxPermits);
    }

    /**
     * The semaphore at a place in memory.
     *
     * @param buffer off-heap memory shared by the participants
     * @param offset of the semaphore in it
     * @param participants this process's membership in the region
     * @param name for messages
     * @return a semaphore object; any number of them may stand for one semaphore
     * @throws CondatisException when there is no semaphore of this kind
     */
    public static SharedSemaphore at(
            final AtomicBuffer buffer, final int offset, final Participants participants, final String name) {
        final UnsafeBuffer record = PermitCells.record(buffer, offset, PLAIN_MAGIC, name);
        return new SharedSemaphore(
                PermitCells.at(record, participants, "SharedSemaphore", name),
                Records.whole(buffer, offset, record.capacity()));
    }

    /**
     * Takes a permit, waiting for one if there is none.
     *
     * @throws InterruptedException when the thread is interrupted before or while it waits; it has got nothing
     */
    public void acquire() throws InterruptedException {
        cells.acquire();
    }

    /** Takes a permit, waiting for one if there is none; an interrupt is kept for later. */
    public void acquireUninterruptibly() {
        cells.acquireUninterruptibly();
    }

    /**
     * Takes a permit if one is free or a dead process has one, even when others wait.
     *
     * @return whether it has
     */
    public boolean tryAcquire() {
        return cells.tryAcquire();
    }

    /**
     * Takes a permit, waiting for one so long.
     *
     * @param time longest wait; none when not positive
     * @param unit of the time
     * @return whether it has
     * @throws InterruptedException when the thread is interrupted before or while it waits; it has got nothing
     */
    public boolean tryAcquire(final long time, final TimeUnit unit) throws InterruptedException {
        return cells.tryAcquire(unit.toNanos(time));
    }

    /**
     * Takes a permit as {@link #acquireUninterruptibly()} does, and releases it at the end of a try block.
     *
     * @return this semaphore's one {@link Permit}
     */
    public Permit permit() {
        acquireUninterruptibly();
        return permit;
    }

    /**
     * Gives a permit back, or makes a new one when this process has none.
     *
     * @throws IllegalStateException when there are {@link #maxPermits()} already
     */
    public void release() {
        if (!cells.releaseOwn() && !cells.add()) {
            throw new IllegalStateException("this process has no permit of " + this + ", and there are maxPermits="
                    + maxPermits() + " already");
        }
    }

    /** {@return the most permits that it can have, in use or not} */
    public int maxPermits() {
        return cells.cells();
    }

    /** {@return the permits that can be had now, those that the dead have left included} */
    public int availablePermits() {
        return cells.available();
    }

    /** {@return how often a permit was taken from a dead process} */
    public long recoveries() {
        return cells.statistics().recoveries();
    }

    /** {@return how often somebody got a permit after having slept for it} */
    public long waits() {
        return cells.statistics().waits();
    }

    /** {@return the longest time in ns that somebody who got a permit had waited, where it had to sleep} */
    public long longestWaitNs() {
        return cells.statistics().longestWaitNs();
    }

    /** {@return the name that was given for messages} */
    public String name() {
        return cells.name();
    }

    /** Name, available permits, who has the others, and whether somebody waits, at this moment. */
    @Override
    public String toString() {
        return cells.toString();
    }

    private Object writeReplace() throws NotSerializableException {
        return Records.handle(this, whole);
    }
}
