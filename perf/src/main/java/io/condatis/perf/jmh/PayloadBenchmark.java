package io.condatis.perf.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/** Values to bytes and back in Condatis' own form; a long without an object. */
public class PayloadBenchmark {
    @Benchmark
    public int encodeText(final PayloadState state) {
        return state.payloads.encode(state.text, state.out, 0);
    }

    @Benchmark
    public Object decodeText(final PayloadState state) {
        return decode(state, state.ownText);
    }

    @Benchmark
    public int encodeBytes(final PayloadState state) {
        return state.payloads.encode(state.bytes, state.out, 0);
    }

    @Benchmark
    public Object decodeBytes(final PayloadState state) {
        return decode(state, state.ownBytes);
    }

    @Benchmark
    public int encodeLong(final PayloadState state) {
        return state.payloads.encodeLong(state.number++, state.out, 0);
    }

    @Benchmark
    public long decodeLong(final PayloadState state) {
        return state.payloads.decodeLong(state.ownLong.buffer, 0, state.ownLong.length);
    }

    @Benchmark
    public int encodeRecord(final PayloadState state) {
        return state.payloads.encode(state.order, state.out, 0);
    }

    @Benchmark
    public Object decodeRecord(final PayloadState state) {
        return decode(state, state.ownOrder);
    }

    private static Object decode(final PayloadState state, final PayloadState.Written written) {
        return state.payloads.decode(written.buffer, 0, written.length);
    }
}
