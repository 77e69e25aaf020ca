package io.condatis.sync;

import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a survey from outside says of a primitive, at one moment.
 *
 * @param state in words, such as {@code locked} or {@code 2 of 3 permits free}
 * @param holders who has it
 * @param waiters who waits for it, as far as the memory tells: conditions and barriers name them
 * @param anyoneWaiting whether somebody may sleep until it changes
 * @param abandoned whether an owner died inside and nobody has repaired what it left since; also a broken barrier
 * @param recoveries how often something was taken over from the dead
 * @param waits how many times somebody slept before he got it
 * @param longestWaitNs the longest of these, in ns
 */
public record PrimitiveState(
        String state,
        List<Owner> holders,
        List<Owner> waiters,
        boolean anyoneWaiting,
        boolean abandoned,
        long recoveries,
        long waits,
        long longestWaitNs) {
    static PrimitiveState of(
            final String state,
            final List<Owner> holders,
            final List<Owner> waiters,
            final boolean anyoneWaiting,
            final boolean abandoned) {
        return new PrimitiveState(state, List.copyOf(holders), List.copyOf(waiters), anyoneWaiting, abandoned, 0, 0, 0);
    }

    static PrimitiveState damaged(final String fault) {
        return of(fault, List.of(), List.of(), false, true);
    }

    /** With the statistics at a place in the record. */
    PrimitiveState counted(final DirectBuffer record, final int offset) {
        final Statistics statistics = new Statistics(new UnsafeBuffer(record), offset);
        return new PrimitiveState(
                state,
                holders,
                waiters,
                anyoneWaiting,
                abandoned,
                statistics.recoveries(),
                statistics.waits(),
                statistics.longestWaitNs());
    }

    /** With the statistics of a part added. */
    PrimitiveState plus(final PrimitiveState part) {
        return new PrimitiveState(
                state,
                holders,
                waiters,
                anyoneWaiting,
                abandoned,
                recoveries + part.recoveries,
                waits + part.waits,
                Math.max(longestWaitNs, part.longestWaitNs));
    }
}
