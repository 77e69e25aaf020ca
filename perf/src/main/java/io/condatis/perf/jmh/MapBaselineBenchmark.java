package io.condatis.perf.jmh;

import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The same by the JDK's map in one process, the value copied as it is when it leaves one. */
public class MapBaselineBenchmark {
    @Benchmark
    public byte[] dictGet(final Maps state) {
        return state.map.get(state.key).clone();
    }

    @Benchmark
    public byte[] dictPut(final Maps state) {
        return state.map.put(state.key, state.value.clone());
    }

    /** A map with one entry of 100 bytes. */
    @State(Scope.Benchmark)
    public static class Maps {
        private static final int VALUE_LENGTH = 100;

        final ConcurrentHashMap<String, byte[]> map = new ConcurrentHashMap<>();
        final String key = "key-1000";
        final byte[] value = new byte[VALUE_LENGTH];

        /** With its entry. */
        public Maps() {
            map.put(key, value);
        }
    }
}
