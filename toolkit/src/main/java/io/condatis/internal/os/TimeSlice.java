package io.condatis.internal.os;

import java.util.concurrent.TimeUnit;

/**
 * How long the kernel lets the calling thread run before another one's turn. Who asks for less runs sooner: since Linux 6.12
 * a thread that is woken goes before one that runs with a longer slice. Its share of the processor stays what it was. Where
 * the kernel knows no slices for single threads, or somebody chose another policy for this one, nothing is changed.
 */
final class TimeSlice {
    /** The property that, set to {@code false}, leaves all slices as they are. */
    static final String PROPERTY = "condatis.timeslice";

    private static final long SHORTEST_NS = TimeUnit.MICROSECONDS.toNanos(100); // that the kernel gives

    private final SchedAttributes attributes = new SchedAttributes();

    /** {@return the slice in nanoseconds; 0 where the kernel does not tell, or goes by another policy} */
    long ns() {
        return attributes.read() && attributes.policy() == SchedAttributes.NORMAL ? attributes.slice() : 0;
    }

    /** {@return whether nobody has said that the kernel's turns are to be left alone} */
    static boolean mayBeChanged() {
        return !System.getProperty(PROPERTY, "true").equals("false");
    }

    /** Asks for half of it, for a thread that is to run as soon as it is woken and do a little then. */
    void halve() {
        final long sliceNs = mayBeChanged() ? ns() : 0;
        if (sliceNs >= 2 * SHORTEST_NS) {
            attributes.slice(sliceNs / 2);
            attributes.write();
        }
    }
}
