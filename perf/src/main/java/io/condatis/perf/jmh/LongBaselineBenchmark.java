package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The same operations on the same memory by Agrona alone, which does not notice a closed block. */
public class LongBaselineBenchmark {
    @Benchmark
    public long get(final LongState state) {
        return state.raw.getLongVolatile(0);
    }

    @Benchmark
    public void set(final LongState state) {
        state.raw.putLongVolatile(0, state.expected++);
    }

    @Benchmark
    public long getAndAdd(final LongState state) {
        return state.raw.getAndAddLong(0, 1);
    }

    @Benchmark
    public boolean compareAndSet(final LongState state) {
        return state.raw.compareAndSetLong(0, state.expected, ++state.expected);
    }
}
