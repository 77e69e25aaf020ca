package io.condatis.internal.os;

/**
 * Has the calling thread run as soon as it is woken, before every normal one, as long as it has something to do: so that is for
 * what is rare and short, and takes no lock by spinning. Linux lets those who have {@code CAP_SYS_NICE} or a limit
 * {@code RLIMIT_RTPRIO}; for others nothing changes.
 */
final class RealTime {
    private static final int LOWEST_PRIORITY = 1;

    private RealTime() {}

    /** {@return whether the thread is one of real time now} */
    static boolean ask() {
        if (!TimeSlice.mayBeChanged()) {
            return false;
        }
        final SchedAttributes attributes = new SchedAttributes();
        attributes.realTime(LOWEST_PRIORITY);
        return attributes.write();
    }
}
