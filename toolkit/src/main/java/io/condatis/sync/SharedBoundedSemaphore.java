package io.condatis.sync;

import static io.condatis.sync.SemaphoreDescriptor.BOUNDED_MAGIC;

import io.condatis.error.CondatisException;
import io.condatis.internal.os.Access;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A fixed number of permits that the threads of any number of processes take and give back, and which survive the death
 * of those who have some.
 *
 * <p>Permits are cells in memory that name their owner. Whoever dies with permits loses them to those that want them,
 * within about a millisecond, or {@value Sleeper#SLICE_MS} ms where deaths are not watched, and exactly as many as it
 * had, wherever it was killed; a process that is merely stopped keeps them. {@link #recoveries()} counts such permits.
 *
 * <p>A permit belongs to the thread that acquired it. A release gives back one of the calling thread's, else one of
 * another thread of its process, else one of anybody's; when nobody has any it throws. So there are never more permits
 * than at first. Taking a permit costs one CAS, and a look at up to {@link #permits()} cells. Any thread may be virtual.
 * Waiters are not served in any order.
 *
 * <p>Layout: {@link SemaphoreDescriptor}. Protocol: {@link PermitCells}.
 *
 * <p>In CPython: {@code multiprocessing.BoundedSemaphore}, whose permits die with their owner and whose check of the bound
 * can be passed by two at once.
 *
 * @serial exclude
 */
@SuppressWarnings("serial") // a handle is written, never the fields
public final class SharedBoundedSemaphore implements Serializable {
    private final PermitCells cells;

    /** Of the memory that is this object; null when it is part of something. */
    private final Access whole;

    private final Permit permit = new Permit(this::release);

    private SharedBoundedSemaphore(final PermitCells cells, final Access whole) {
        this.cells = cells;
        this.whole = whole;
    }

    /**
     * How much memory a semaphore takes.
     *
     * @param permits that it has
     * @return bytes, a multiple of 64
     */
    public static int lengthBytes(final int permits) {
        return SemaphoreDescriptor.length(permits);
    }

    /**
     * Makes a semaphore in memory that nobody else sees yet, with all permits free.
     *
     * @param buffer off-heap memory
     * @param offset of the semaphore in it; its address must be a multiple of 64
     * @param permits that it has, from 0
     */
    public static void initialise(final AtomicBuffer buffer, final int offset, final int permits) {
        PermitCells.initialise(buffer, offset, BOUNDED_MAGIC, permits, permits);
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
    public static SharedBoundedSemaphore at(
            final AtomicBuffer buffer, final int offset, final Participants participants, final String name) {
        final UnsafeBuffer record = PermitCells.record(buffer, offset, BOUNDED_MAGIC, name);
        return new SharedBoundedSemaphore(
                PermitCells.at(record, participants, "SharedBoundedSemaphore", name),
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
     * Gives a permit back.
     *
     * @throws IllegalStateException when nobody has one
     */
    public void release() {
        if (!cells.releaseOwn() && !cells.releaseAny()) {
            throw new IllegalStateException("nobody has a permit of " + this + " that could be released");
        }
    }

    /** {@return the permits, in use or not} */
    public int permits() {
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
