package io.condatis.perf.jmh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import org.openjdk.jmh.annotations.Benchmark;

/** The same values to bytes and back by the JDK's serialisation, a stream for each, as messages need it. */
public class SerialisationBaselineBenchmark {
    @Benchmark
    public byte[] encodeText(final PayloadState state) {
        return PayloadState.serialised(state.text);
    }

    @Benchmark
    public Object decodeText(final PayloadState state) throws IOException, ClassNotFoundException {
        return deserialised(state.jdkText);
    }

    @Benchmark
    public byte[] encodeBytes(final PayloadState state) {
        return PayloadState.serialised(state.bytes);
    }

    @Benchmark
    public Object decodeBytes(final PayloadState state) throws IOException, ClassNotFoundException {
        return deserialised(state.jdkBytes);
    }

    @Benchmark
    public byte[] encodeLong(final PayloadState state) {
        return PayloadState.serialised(state.number++);
    }

    @Benchmark
    public Object decodeLong(final PayloadState state) throws IOException, ClassNotFoundException {
        return deserialised(state.jdkLong);
    }

    @Benchmark
    public byte[] encodeRecord(final PayloadState state) {
        return PayloadState.serialised(state.order);
    }

    @Benchmark
    public Object decodeRecord(final PayloadState state) throws IOException, ClassNotFoundException {
        return deserialised(state.jdkOrder);
    }

    private static Object deserialised(final byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
