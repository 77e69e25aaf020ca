package io.condatis.internal.os;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/** The clock by which the kernel notes when processes and threads began, see {@link ProcessStatus#startTicks()}. */
final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;
    private static final long TICKS_PER_SECOND = 100;
    private static final long NS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;
    private static final ByteBuffer MEMORY = BufferUtil.allocateDirectAligned(2 * Long.BYTES, Long.BYTES);
    private static final long TIMESPEC = BufferUtil.address(MEMORY);

    private BootClock() {}

    /** {@return the clock ticks since boot, cut off as the kernel does; {@link ProcessIdentity#UNKNOWN} where it does not tell} */
    static synchronized long ticks() {
        final NativeAccess access = NativeAccess.get();
        if (!access.isAvailable()
                || access.syscall().call(access.abi().clockGettime, CLOCK_BOOTTIME, TIMESPEC, 0, 0) != 0) {
            return ProcessIdentity.UNKNOWN;
        }
        return UnsafeApi.getLong(TIMESPEC) * TICKS_PER_SECOND + UnsafeApi.getLong(TIMESPEC + Long.BYTES) / NS_PER_TICK;
    }
}
