package io.condatis.internal.client;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * The calls of a connection: a pool of those at rest, and all of them by number. A correlation is a count and, in its low
 * bits, the number of its call, so that an answer finds its call without a map and a late answer finds nobody.
 */
final class Calls {
    static final int MAX_CALLS = 4096;

    private static final int INDEX_BITS = 12;

    private final ManyToManyConcurrentArrayQueue<Call> atRest = new ManyToManyConcurrentArrayQueue<>(MAX_CALLS);
    private final AtomicReferenceArray<Call> byIndex = new AtomicReferenceArray<>(MAX_CALLS);
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong begun = new AtomicLong();

    /** A call of one's own, ready to be sent; null when there are as many as there can be. */
    Call begin() {
        Call call = atRest.poll();
        if (call == null) {
            call = make();
        }
        if (call != null) {
            renew(call);
        }
        return call;
    }

    void renew(final Call call) {
        call.begin(begun.incrementAndGet() << INDEX_BITS | call.index);
    }

    void end(final Call call) {
        call.rest();
        atRest.offer(call);
    }

    /** The call that waits under this correlation, or null. */
    Call waiting(final long correlation) {
        final Call call = byIndex.get((int) (correlation & (MAX_CALLS - 1)));
        return call != null && call.correlation() == correlation && !call.isDone() ? call : null;
    }

    /** Wake one of those that follow, if any does. */
    void wakeFollower() {
        final int count = Math.min(made.get(), MAX_CALLS);
        for (int i = 0; i < count; i++) {
            final Call call = byIndex.get(i);
            if (call != null && call.wake()) {
                return;
            }
        }
    }

    /** Wake all of those that follow. */
    void wakeFollowers() {
        final int count = Math.min(made.get(), MAX_CALLS);
        for (int i = 0; i < count; i++) {
            final Call call = byIndex.get(i);
            if (call != null) {
                call.wake();
            }
        }
    }

    private Call make() {
        final int index = made.getAndIncrement();
        if (index >= MAX_CALLS) {
            made.set(MAX_CALLS);
            return atRest.poll();
        }
        final Call call = new Call(index);
        byIndex.set(index, call);
        return call;
    }
}
