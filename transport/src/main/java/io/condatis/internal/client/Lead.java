package io.condatis.internal.client;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Which thread of several polls for all of them. A thread that ended in the lead has lost it: an error of the JVM, as when memory
 * was taken from it that it had mapped, can keep it from resigning.
 */
final class Lead {
    private final AtomicReference<Thread> leader = new AtomicReference<>();

    /** {@return whether the calling thread leads now} */
    boolean take() {
        final Thread leading = leader.get();
        return (leading == null || !leading.isAlive()) && leader.compareAndSet(leading, Thread.currentThread());
    }

    void resign() {
        leader.set(null);
    }

    boolean isTaken() {
        return leader.get() != null;
    }
}
