package io.condatis.sync;

import io.condatis.testing.SyncFlavour.AnyBarrier;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/** A barrier in shared memory, as the contract tests see it. */
record BarrierOfMemory(SharedBarrier barrier) implements AnyBarrier {
    @Override
    public int await(final long time, final TimeUnit unit) throws InterruptedException, BrokenBarrierException {
        return barrier.await(time, unit);
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        return barrier.await();
    }

    @Override
    public AnyBarrier withAction(final Runnable action) {
        return new BarrierOfMemory(barrier.withAction(action));
    }

    @Override
    public AnyBarrier withTimeout(final long time, final TimeUnit unit) {
        return new BarrierOfMemory(barrier.withTimeout(time, unit));
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
        return barrier.isBroken();
    }

    @Override
    public int waiting() {
        return barrier.waiting();
    }
}
