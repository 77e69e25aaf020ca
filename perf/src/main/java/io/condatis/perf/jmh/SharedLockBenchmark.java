package io.condatis.perf.jmh;

import io.condatis.sync.Hold;
import org.openjdk.jmh.annotations.Benchmark;

/** Taking and giving back a lock in shared memory that nobody else wants. */
public class SharedLockBenchmark {
    @Benchmark
    public void lockUnlock(final SharedLockState state) {
        state.lock.lock();
        state.lock.unlock();
    }

    @Benchmark
    public boolean hold(final SharedLockState state) {
        try (Hold held = state.lock.hold()) {
            return held.abandoned();
        }
    }

    @Benchmark
    public void reentrantLock(final SharedLockState state) {
        state.reentrant.lock();
        state.reentrant.unlock();
    }

    @Benchmark
    public void semaphore(final SharedLockState state) {
        state.semaphore.acquireUninterruptibly();
        state.semaphore.release();
    }

    @Benchmark
    public void readLock(final SharedLockState state) {
        state.readWrite.readLock().lock();
        state.readWrite.readLock().unlock();
    }

    @Benchmark
    public void writeLock(final SharedLockState state) {
        state.readWrite.writeLock().lock();
        state.readWrite.writeLock().unlock();
    }
}
