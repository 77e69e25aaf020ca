package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteBarrier;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/** A managed barrier; any number of these may stand for one. */
final class BarrierProxy implements ManagedBarrier, Proxied {
    private static final long FOR_EVER = -1;

    private final String name;
    private final RemoteBarrier barrier;
    private final int parties;
    private final Runnable action;
    private final long timeoutNs;

    BarrierProxy(final String name, final RemoteBarrier barrier, final int parties, final Runnable action) {
        this(name, barrier, parties, action, FOR_EVER);
    }

    private BarrierProxy(
            final String name,
            final RemoteBarrier barrier,
            final int parties,
            final Runnable action,
            final long timeoutNs) {
        this.name = name;
        this.barrier = barrier;
        this.parties = parties;
        this.action = action;
        this.timeoutNs = timeoutNs;
    }

    @Override
    public ObjectReference reference() {
        return barrier.reference();
    }

    @Override
    public Connection connection() {
        return barrier.connection();
    }

    @Override
    public ManagedBarrier withAction(final Runnable everyTime) {
        return new BarrierProxy(name, barrier, parties, Objects.requireNonNull(everyTime, "everyTime"), timeoutNs);
    }

    @Override
    public ManagedBarrier withTimeout(final long time, final TimeUnit unit) {
        return new BarrierProxy(name, barrier, parties, action, Math.max(0, unit.toNanos(time)));
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        return barrier.await(timeoutNs, action);
    }

    @Override
    public int await(final long time, final TimeUnit unit) throws InterruptedException, BrokenBarrierException {
        return barrier.await(Math.max(0, unit.toNanos(time)), action);
    }

    @Override
    public void abort() {
        barrier.abort();
    }

    @Override
    public void reset() {
        barrier.reset();
    }

    @Override
    public boolean isBroken() {
        return barrier.state().breakage() != null;
    }

    @Override
    public int waiting() {
        return (int) barrier.state().number();
    }

    @Override
    public int parties() {
        return parties;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return SyncObjects.describe(
                "ManagedBarrier[" + name,
                barrier::state,
                state -> ", " + state.number() + " of " + parties + " wait"
                        + (state.breakage() == null ? "" : ", broken: " + state.breakage()));
    }
}
