package io.condatis.perf.jmh;

import io.condatis.sync.Hold;
import org.openjdk.jmh.annotations.Benchmark;

/** Taking and giving back a shared lock that nobody else wants. */
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
}
