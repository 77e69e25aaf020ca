package io.condatis.perf.jmh;

import io.condatis.list.ShareableList;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A list in shared memory, and the Agrona buffer below it at the place of its first item. */
@State(Scope.Benchmark)
public class ListState {
    private static final int FIRST_ITEM = 8 * 6;

    ShareableList list;
    UnsafeBuffer raw;
    long next;

    @Setup
    public void create() {
        list = ShareableList.create(Arrays.asList(1 << 20, 1.5, "text", null));
        raw = new UnsafeBuffer(list.sharedMemory().buffer(), FIRST_ITEM, Long.BYTES);
    }

    @TearDown
    public void close() {
        list.sharedMemory().unlink();
        list.close();
    }
}
