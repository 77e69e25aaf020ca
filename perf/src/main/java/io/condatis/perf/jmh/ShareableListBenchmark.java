package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The operations of {@link io.condatis.list.ShareableList} on a number, uncontended. */
public class ShareableListBenchmark {
    @Benchmark
    public long getLong(final ListState state) {
        return state.list.getLong(0);
    }

    @Benchmark
    public void setLong(final ListState state) {
        state.list.setLong(0, state.next++);
    }

    @Benchmark
    public long getAndAddLong(final ListState state) {
        return state.list.getAndAddLong(0, 1);
    }

    @Benchmark
    public Object get(final ListState state) {
        return state.list.get(0);
    }
}
