package io.condatis.perf.jmh;

import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;

/** What a lock costs inside one JVM, and the least that one in shared memory can cost: a CAS in and a CAS out. */
public class LockBaselineBenchmark {
    private static final long TOKEN = 1;

    @Benchmark
    public void reentrantLock(final ReentrantLockState state) {
        state.lock.lock();
        state.lock.unlock();
    }

    @Benchmark
    public boolean casPair(final LongState state) {
        return state.raw.compareAndSetLong(0, 0, TOKEN) & state.raw.compareAndSetLong(0, TOKEN, 0);
    }

    /** A lock of the JDK that nobody else wants. */
    @org.openjdk.jmh.annotations.State(org.openjdk.jmh.annotations.Scope.Benchmark)
    public static class ReentrantLockState {
        final ReentrantLock lock = new ReentrantLock();
    }
}
