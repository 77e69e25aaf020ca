package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** What a manager's store does for a request, without the transport that brings it. */
public class StoreBenchmark {
    @Benchmark
    public int dictGet(final StoreState state) {
        return state.dictGet();
    }

    @Benchmark
    public int dictPut(final StoreState state) {
        return state.dictPut();
    }

    @Benchmark
    public int lockPair(final StoreState state) {
        return state.lockPair();
    }

    @Benchmark
    public int queuePassage(final StoreState state) {
        return state.queuePassage();
    }
}
