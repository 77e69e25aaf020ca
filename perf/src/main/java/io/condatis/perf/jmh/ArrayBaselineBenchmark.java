package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** The same operations on the same memory by Agrona alone, which does not notice a closed block. */
public class ArrayBaselineBenchmark {
    @Benchmark
    public long arrayGet(final ArrayState state) {
        return state.raw.getLongVolatile(state.nextIndex() * Long.BYTES);
    }

    @Benchmark
    public void arraySet(final ArrayState state) {
        state.raw.putLongVolatile(state.nextIndex() * Long.BYTES, state.index);
    }

    @Benchmark
    public double fieldGet(final ArrayState state) {
        return state.raw.getDouble(Quote.PRICE_OFFSET);
    }

    @Benchmark
    public void fieldSet(final ArrayState state) {
        state.raw.putDouble(Quote.PRICE_OFFSET, state.price++);
    }
}
