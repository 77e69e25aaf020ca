package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The operations of {@link io.condatis.value.LongArray} and of a field of a structure. */
public class ArrayBenchmark {
    @Benchmark
    public long arrayGet(final ArrayState state) {
        return state.array.get(state.nextIndex());
    }

    @Benchmark
    public void arraySet(final ArrayState state) {
        state.array.set(state.nextIndex(), state.index);
    }

    @Benchmark
    public double fieldGet(final ArrayState state) {
        return state.quote.price.get();
    }

    @Benchmark
    public void fieldSet(final ArrayState state) {
        state.quote.price.set(state.price++);
    }
}
