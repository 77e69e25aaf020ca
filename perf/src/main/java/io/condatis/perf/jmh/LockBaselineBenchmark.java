package io.condatis.perf.jmh;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What locks cost inside one JVM, and the least that one in shared memory can cost: a CAS in and a CAS out. */
public class LockBaselineBenchmark {
    private static final long TOKEN = 1;

    @Benchmark
    public boolean casPair(final LongState state) {
        return state.raw.compareAndSetLong(0, 0, TOKEN) & state.raw.compareAndSetLong(0, TOKEN, 0);
    }

    @Benchmark
    public void reentrantLock(final JdkLocks state) {
        state.lock.lock();
        state.lock.unlock();
    }

    @Benchmark
    public void stampedWrite(final JdkLocks state) {
        state.stamped.unlockWrite(state.stamped.writeLock());
    }

    @Benchmark
    public void semaphore(final JdkLocks state) {
        state.semaphore.acquireUninterruptibly();
        state.semaphore.release();
    }

    @Benchmark
    public void readLock(final JdkLocks state) {
        state.readWrite.readLock().lock();
        state.readWrite.readLock().unlock();
    }

    @Benchmark
    public void writeLock(final JdkLocks state) {
        state.readWrite.writeLock().lock();
        state.readWrite.writeLock().unlock();
    }

    /** Locks of the JDK that nobody else wants. */
    @State(Scope.Benchmark)
    public static class JdkLocks {
        final ReentrantLock lock = new ReentrantLock();
        final StampedLock stamped = new StampedLock();
        final Semaphore semaphore = new Semaphore(1);
        final ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
    }
}
