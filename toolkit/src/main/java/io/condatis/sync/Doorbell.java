package io.condatis.sync;

import io.condatis.internal.os.Futex;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Wakes one thread, of any process, that sleeps because it found nothing to do. A receiver that is busy costs its senders a
 * fence and a load, and no system call. See {@link DoorbellIdleStrategy} for the receiver's side.
 *
 * <p>One word of shared memory: {@code AWAKE}, or {@code PARKED} while the owner sleeps. The owner arms it, looks for work
 * once more, and only then sleeps; a sender publishes its work first and rings second, with a full fence between. So either
 * the owner sees the work or the sender sees the owner parked. Sleep is bounded by the caller, so a sender that is killed
 * between its work and its ring costs one such bound.
 *
 * <p>Any number of processes may ring; one thread at a time may be parked.
 */
public final class Doorbell {
    /** Bytes that one doorbell takes, a cache line. */
    public static final int LENGTH = 64;

    private static final int ALIGNMENT = 8;
    private static final int AWAKE = 0;
    private static final int PARKED = 1;

    private final AtomicBuffer buffer;
    private final int offset;
    private final long address;
    private final Futex futex = Futex.get();

    /**
     * A doorbell at a place in shared memory that was zero at first.
     *
     * @param buffer the memory
     * @param offset of the doorbell, a multiple of 8
     * @throws IllegalArgumentException when nobody could sleep there
     */
    public Doorbell(final AtomicBuffer buffer, final int offset) {
        buffer.boundsCheck(offset, LENGTH);
        if ((buffer.addressOffset() + offset & (ALIGNMENT - 1)) != 0 || buffer.byteArray() != null) {
            throw new IllegalArgumentException("offset=" + offset
                    + " of a doorbell is not in memory outside of the Java heap at a multiple of " + ALIGNMENT);
        }
        this.buffer = buffer;
        this.offset = offset;
        address = buffer.addressOffset() + offset;
    }

    long address() {
        return address;
    }

    /** Owner: announce that sleep comes next. Look for work after this and before {@link #await}. */
    public void arm() {
        buffer.putIntVolatile(offset, PARKED);
        VarHandle.fullFence();
    }

    /**
     * Owner: sleep until rung, at most so long; may return early without a ring.
     *
     * @param timeoutNs longest sleep in nanoseconds
     */
    public void await(final long timeoutNs) {
        futex.await(address, PARKED, timeoutNs);
    }

    /**
     * Owner: sleep as {@link #await} does, but not longer than until the thread is interrupted; its status stays set.
     *
     * @param timeoutNs longest sleep in nanoseconds
     */
    public void awaitInterruptibly(final long timeoutNs) {
        futex.awaitInterruptibly(address, PARKED, timeoutNs);
    }

    /** Owner: announce that it is awake. */
    public void disarm() {
        buffer.putIntVolatile(offset, AWAKE);
    }

    /** Sender: wake the owner if it sleeps. To be called after the work has been published. */
    public void ring() {
        VarHandle.fullFence();
        if (buffer.getIntVolatile(offset) == PARKED && buffer.compareAndSetInt(offset, PARKED, AWAKE)) {
            futex.wake(address, 1);
        }
    }
}
