package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The operations of {@link io.condatis.value.LongValue}, uncontended. */
public class LongValueBenchmark {
    @Benchmark
    public long get(final LongState state) {
        return state.value.get();
    }

    @Benchmark
    public void set(final LongState state) {
        state.value.set(state.expected++);
    }

    @Benchmark
    public long getAndAdd(final LongState state) {
        return state.value.getAndAdd(1);
    }

    @Benchmark
    public boolean compareAndSet(final LongState state) {
        return state.value.compareAndSet(state.expected, ++state.expected);
    }
}
