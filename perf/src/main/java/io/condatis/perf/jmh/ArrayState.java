package io.condatis.perf.jmh;

import io.condatis.memory.SharedMemory;
import io.condatis.value.LongArray;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same piece of shared memory twice: as objects of Condatis, and as the Agrona buffer below them. */
@State(Scope.Benchmark)
public class ArrayState {
    static final int LENGTH = 64;

    LongArray array;
    Quote quote;
    UnsafeBuffer raw;
    int index;
    double price;
    private SharedMemory memory;

    @Setup
    public void create() {
        memory = SharedMemory.create(LENGTH * Long.BYTES);
        array = LongArray.at(memory.buffer(), 0, LENGTH);
        quote = new Quote();
        quote.wrap(memory.buffer(), 0);
        raw = new UnsafeBuffer(memory.buffer(), 0, LENGTH * Long.BYTES);
    }

    @TearDown
    public void close() {
        memory.close();
        memory.unlink();
    }

    int nextIndex() {
        index = (index + 1) & (LENGTH - 1);
        return index;
    }
}
