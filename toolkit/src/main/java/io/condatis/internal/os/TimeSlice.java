package io.condatis.internal.os;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * How long the kernel lets the calling thread run before another one's turn. Who asks for less runs sooner: since Linux 6.12
 * a thread that is woken goes before one that runs with a longer slice. Its share of the processor stays what it was. Where
 * the kernel knows no slices for single threads, or somebody chose another policy for this one, nothing is changed.
 */
final class TimeSlice {
    /** The property that, set to {@code false}, leaves all slices as they are. */
    static final String PROPERTY = "condatis.timeslice";

    private static final int LENGTH = 48; // of the first version of struct sched_attr, sched_setattr(2)
    private static final int POLICY_OFFSET = 4;
    private static final int SLICE_OFFSET = 24;
    private static final int NORMAL_POLICY = 0;
    private static final long SHORTEST_NS = TimeUnit.MICROSECONDS.toNanos(100); // that the kernel gives

    private final NativeAccess access = NativeAccess.get();
    private final ByteBuffer memory = BufferUtil.allocateDirectAligned(LENGTH, Long.BYTES);
    private final long attributes = BufferUtil.address(memory);

    /** {@return the slice in nanoseconds; 0 where the kernel does not tell, or goes by another policy} */
    long ns() {
        final boolean known = access.isAvailable()
                && access.syscall().call(access.abi().schedGetattr, 0, attributes, LENGTH, 0) == 0
                && UnsafeApi.getInt(attributes + POLICY_OFFSET) == NORMAL_POLICY;
        return known ? UnsafeApi.getLong(attributes + SLICE_OFFSET) : 0;
    }

    /** {@return whether nobody has said that the kernel's turns are to be left alone} */
    static boolean mayBeChanged() {
        return !System.getProperty(PROPERTY, "true").equals("false");
    }

    /** Asks for half of it, for a thread that is to run as soon as it is woken and do a little then. */
    void halve() {
        final long sliceNs = mayBeChanged() ? ns() : 0;
        if (sliceNs >= 2 * SHORTEST_NS) {
            UnsafeApi.putLong(attributes + SLICE_OFFSET, sliceNs / 2);
            access.syscall().call(access.abi().schedSetattr, 0, attributes, 0, 0);
            Reference.reachabilityFence(memory);
        }
    }
}
