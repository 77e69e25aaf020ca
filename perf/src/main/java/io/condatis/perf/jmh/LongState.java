package io.condatis.perf.jmh;

import io.condatis.memory.SharedMemory;
import io.condatis.value.LongValue;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same eight bytes of shared memory twice: as a {@link LongValue}, and as the Agrona buffer below it. */
@State(Scope.Benchmark)
public class LongState {
    LongValue value;
    UnsafeBuffer raw;
    long expected;
    private SharedMemory memory;

    @Setup
    public void create() {
        memory = SharedMemory.create(Long.BYTES);
        value = LongValue.at(memory.buffer(), 0);
        raw = new UnsafeBuffer(memory.buffer(), 0, Long.BYTES);
    }

    @TearDown
    public void close() {
        memory.close();
        memory.unlink();
    }
}
