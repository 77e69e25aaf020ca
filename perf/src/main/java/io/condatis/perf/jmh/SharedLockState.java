package io.condatis.perf.jmh;

import io.condatis.SharedObjects;
import io.condatis.sync.SharedLock;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A lock that nobody else wants, made as a user makes it. */
@State(Scope.Benchmark)
public class SharedLockState {
    SharedLock lock;
    private SharedObjects shared;

    @Setup
    public void create() {
        shared = SharedObjects.create("condatis-perf-" + ProcessHandle.current().pid());
        lock = shared.lock("lock");
    }

    @TearDown
    public void close() {
        shared.close();
    }
}
