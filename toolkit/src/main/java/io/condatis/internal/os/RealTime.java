package io.condatis.internal.os;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Has the calling thread run as soon as it is woken, before every normal one, as long as it has something to do: so that is for
 * what is rare and short, and takes no lock by spinning. Linux lets those who have {@code CAP_SYS_NICE} or a limit
 * {@code RLIMIT_RTPRIO}; for others nothing changes.
 */
final class RealTime {
    private static final int LENGTH = 48; // of the first version of struct sched_attr, sched_setattr(2)
    private static final int POLICY_OFFSET = 4;
    private static final int FLAGS_OFFSET = 8;
    private static final int PRIORITY_OFFSET = 20;
    private static final int FIFO_POLICY = 1;
    private static final int RESET_ON_FORK = 1;
    private static final int LOWEST_PRIORITY = 1;

    private RealTime() {}

    /** {@return whether the thread is one of real time now} */
    static boolean ask() {
        final NativeAccess access = NativeAccess.get();
        if (!access.isAvailable() || !TimeSlice.mayBeChanged()) {
            return false;
        }
        final ByteBuffer memory = BufferUtil.allocateDirectAligned(LENGTH, Long.BYTES);
        final long attributes = BufferUtil.address(memory);
        UnsafeApi.putInt(attributes, LENGTH);
        UnsafeApi.putInt(attributes + POLICY_OFFSET, FIFO_POLICY);
        UnsafeApi.putLong(attributes + FLAGS_OFFSET, RESET_ON_FORK);
        UnsafeApi.putInt(attributes + PRIORITY_OFFSET, LOWEST_PRIORITY);
        final boolean given = access.syscall().call(access.abi().schedSetattr, 0, attributes, 0, 0) == 0;
        Reference.reachabilityFence(memory);
        return given;
    }
}
