package io.condatis.manager;

import io.condatis.testing.SyncFlavour.AnyCondition;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A condition of a manager, as the contract tests see it. */
record ConditionOfManager(ManagedCondition condition) implements AnyCondition {
    @Override
    public void await() throws InterruptedException {
        condition.await();
    }

    @Override
    public void awaitUninterruptibly() {
        condition.awaitUninterruptibly();
    }

    @Override
    public long awaitNanos(final long nanosTimeout) throws InterruptedException {
        return condition.awaitNanos(nanosTimeout);
    }

    @Override
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        return condition.await(time, unit);
    }

    @Override
    public boolean awaitUntil(final Date deadline) throws InterruptedException {
        return condition.awaitUntil(deadline);
    }

    @Override
    public boolean awaitUntil(final BooleanSupplier predicate, final long time, final TimeUnit unit)
            throws InterruptedException {
        return condition.awaitUntil(predicate, time, unit);
    }

    @Override
    public void signal() {
        condition.signal();
    }

    @Override
    public void signal(final int count) {
        condition.signal(count);
    }

    @Override
    public void signalAll() {
        condition.signalAll();
    }

    @Override
    public int waiters() {
        return condition.waiters();
    }
}
