package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The same operations on the same memory by Agrona alone, which knows no type, no other writer and no close. */
public class ListBaselineBenchmark {
    @Benchmark
    public long getLong(final ListState state) {
        return state.raw.getLongVolatile(0);
    }

    @Benchmark
    public void setLong(final ListState state) {
        state.raw.putLongVolatile(0, state.next++);
    }

    @Benchmark
    public long getAndAddLong(final ListState state) {
        return state.raw.getAndAddLong(0, 1);
    }
}
