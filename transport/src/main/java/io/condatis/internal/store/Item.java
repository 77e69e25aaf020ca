package io.condatis.internal.store;

import org.agrona.DirectBuffer;

/** A queue's item: waiting to be put, ready, or with a consumer. In one {@link ItemList} at most. */
final class Item {
    final Body body = new Body();
    /** Place in the order of the queue; 0 while it waits to be put. */
    long arrival;
    /** 1, and one more for each consumer that took it and died. */
    int attempt = 1;
    /** Number of its last delivery to a consumer; of the method, when it holds the arguments of a call. */
    int sequence;

    Item next;

    Item(final DirectBuffer source, final int offset, final int length) {
        body.set(source, offset, length);
    }

    /** {@return what it counts against the limits on bytes} */
    long cost() {
        return cost(body.length());
    }

    static long cost(final int length) {
        return (long) length + StoreLimits.OVERHEAD_BYTES;
    }
}
