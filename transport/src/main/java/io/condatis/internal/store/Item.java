package io.condatis.internal.store;

import io.condatis.internal.protocol.ItemRun;

/** A queue's item: waiting to be put, ready, or with a consumer. Made and used again by {@link ItemPool}. */
final class Item {
    final Body body = new Body();
    /** Lowest first; 0 in a queue without priorities. */
    long priority;
    /** Place in the order of the queue; 0 while it waits to be put. */
    long arrival;
    /** 1, and one more for each consumer that took it and died or gave it back. */
    int attempt;
    /** Number of its last delivery to a consumer; of the method, when it holds the arguments of a call. */
    int sequence;
    /** Whether that answered a request, so that it is the consumer's when it arrives. */
    boolean granted;

    /** {@return what it counts against the limits on bytes} */
    long cost() {
        return cost(body.length());
    }

    static long cost(final int length) {
        return (long) length + StoreLimits.OVERHEAD_BYTES;
    }

    /** {@return bytes that it takes in a run of items} */
    static int runLength(final Item item) {
        return ItemRun.HEADER_LENGTH + item.body.length();
    }

    /** {@return whether it comes after a place in the order} */
    boolean isAfter(final long otherPriority, final long otherArrival) {
        return priority > otherPriority || priority == otherPriority && arrival > otherArrival;
    }
}
