package io.condatis.internal.os;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * How the kernel schedules the calling thread, {@code struct sched_attr} of sched_setattr(2) in its first version.
 *
 * <pre>
 *   0        4         8                16        20         24                32          40        48
 *  +--------+---------+----------------+---------+----------+-----------------+-----------+---------+
 *  |  size  | policy  |     flags      |  nice   | priority | runtime (slice) | deadline  | period  |
 *  +--------+---------+----------------+---------+----------+-----------------+-----------+---------+
 * </pre>
 */
final class SchedAttributes {
    /** Policy of threads that share the processors. */
    static final int NORMAL = 0;

    private static final int LENGTH = 48;
    private static final int POLICY_OFFSET = 4;
    private static final int FLAGS_OFFSET = 8;
    private static final int PRIORITY_OFFSET = 20;
    private static final int SLICE_OFFSET = 24;
    private static final int FIFO = 1;
    private static final int RESET_ON_FORK = 1;

    private final NativeAccess access = NativeAccess.get();
    private final ByteBuffer memory = BufferUtil.allocateDirectAligned(LENGTH, Long.BYTES);
    private final long address = BufferUtil.address(memory);

    /** {@return whether the kernel told them} */
    boolean read() {
        return access.isAvailable() && access.syscall().call(access.abi().schedGetattr, 0, address, LENGTH, 0) == 0;
    }

    /** {@return whether the kernel took them} */
    boolean write() {
        final boolean taken =
                access.isAvailable() && access.syscall().call(access.abi().schedSetattr, 0, address, 0, 0) == 0;
        Reference.reachabilityFence(memory);
        return taken;
    }

    int policy() {
        return UnsafeApi.getInt(address + POLICY_OFFSET);
    }

    /** {@return nanoseconds} */
    long slice() {
        return UnsafeApi.getLong(address + SLICE_OFFSET);
    }

    void slice(final long ns) {
        UnsafeApi.putLong(address + SLICE_OFFSET, ns);
    }

    /** Makes all of them those of a thread of real time whose children are normal ones. */
    void realTime(final int priority) {
        UnsafeApi.putInt(address, LENGTH);
        UnsafeApi.putInt(address + POLICY_OFFSET, FIFO);
        UnsafeApi.putLong(address + FLAGS_OFFSET, RESET_ON_FORK);
        UnsafeApi.putInt(address + PRIORITY_OFFSET, priority);
    }
}
