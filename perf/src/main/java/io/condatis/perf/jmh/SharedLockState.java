package io.condatis.perf.jmh;

import io.condatis.SharedObjects;
import io.condatis.sync.SharedLock;
import io.condatis.sync.SharedReadWriteLock;
import io.condatis.sync.SharedReentrantLock;
import io.condatis.sync.SharedSemaphore;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Locks that nobody else wants, made as a user makes them. */
@State(Scope.Benchmark)
public class SharedLockState {
    SharedLock lock;
    SharedReentrantLock reentrant;
    SharedSemaphore semaphore;
    SharedReadWriteLock readWrite;
    private SharedObjects shared;

    @Setup
    public void create() {
        shared = SharedObjects.create("condatis-perf-" + ProcessHandle.current().pid());
        lock = shared.lock("lock");
        reentrant = shared.reentrantLock("reentrant");
        semaphore = shared.semaphore("semaphore", 1, 1);
        readWrite = shared.readWriteLock("read-write");
    }

    @TearDown
    public void close() {
        shared.close();
    }
}
