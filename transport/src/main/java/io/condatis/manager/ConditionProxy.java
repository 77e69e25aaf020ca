package io.condatis.manager;

import io.condatis.internal.client.Connection;
import io.condatis.internal.client.ObjectReference;
import io.condatis.internal.client.RemoteCondition;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A managed condition; any number of these may stand for one. */
final class ConditionProxy implements ManagedCondition, Proxied {
    private static final long FOR_EVER = -1;

    private final String name;
    private final RemoteCondition condition;

    ConditionProxy(final String name, final RemoteCondition condition) {
        this.name = name;
        this.condition = condition;
    }

    @Override
    public ObjectReference reference() {
        return condition.reference();
    }

    @Override
    public Connection connection() {
        return condition.connection();
    }

    @Override
    public void await() throws InterruptedException {
        condition.awaitInterruptibly(FOR_EVER);
    }

    @Override
    public void awaitUninterruptibly() {
        condition.await();
    }

    @Override
    public long awaitNanos(final long nanosTimeout) throws InterruptedException {
        final long startNs = System.nanoTime();
        final boolean signalled = awaitNs(nanosTimeout);
        final long leftNs = nanosTimeout - (System.nanoTime() - startNs);
        return signalled ? Math.max(leftNs, 1) : Math.min(leftNs, 0);
    }

    @Override
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        return awaitNs(unit.toNanos(time));
    }

    @Override
    public boolean awaitUntil(final Date deadline) throws InterruptedException {
        return awaitNs(TimeUnit.MILLISECONDS.toNanos(deadline.getTime() - System.currentTimeMillis()));
    }

    @Override
    public void awaitUntil(final BooleanSupplier predicate) throws InterruptedException {
        while (!predicate.getAsBoolean()) {
            await();
        }
    }

    @Override
    public boolean awaitUntil(final BooleanSupplier predicate, final long time, final TimeUnit unit)
            throws InterruptedException {
        final long startNs = System.nanoTime();
        final long timeoutNs = unit.toNanos(time);
        boolean fulfilled = predicate.getAsBoolean();
        while (!fulfilled && System.nanoTime() - startNs < timeoutNs) {
            awaitNs(timeoutNs - (System.nanoTime() - startNs));
            fulfilled = predicate.getAsBoolean();
        }
        return fulfilled;
    }

    @Override
    public void signal() {
        signal(1);
    }

    @Override
    public void signal(final int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count=" + count + " of waiters of condition " + name + " is negative");
        }
        condition.signal(count);
    }

    @Override
    public void signalAll() {
        condition.signal(Integer.MAX_VALUE);
    }

    @Override
    public int waiters() {
        return (int) condition.state().number();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return SyncObjects.describe(
                "ManagedCondition[" + name, condition::state, state -> ", waiters=" + state.number());
    }

    private boolean awaitNs(final long timeoutNs) throws InterruptedException {
        return condition.awaitInterruptibly(Math.max(0, timeoutNs));
    }
}
