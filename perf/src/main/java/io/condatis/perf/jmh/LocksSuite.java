package io.condatis.perf.jmh;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;
import org.openjdk.jmh.runner.RunnerException;

/** Locks in shared memory that nobody else wants, beside those of {@link java.util.concurrent}. */
public final class LocksSuite implements Suite {
    private static final double MOST_TIMES_REENTRANT_LOCK = 2.5;

    /** JMH counts its own few objects too; an operation that allocates at all would show 16 bytes. */
    private static final double NOTHING_BYTES = 0.1;

    @Override
    public String name() {
        return "locks";
    }

    @Override
    public String description() {
        return "locks in shared memory, uncontended, beside those of java.util.concurrent and a bare pair of CAS";
    }

    @Override
    public Section run(final Run run) throws RunnerException, IOException {
        final JmhResults results = new InterleavedForks(name(), run, ForkPlan.of(run.scale()))
                .repeating("lockUnlock", "reentrantLock")
                .run(SharedLockBenchmark.class, LockBaselineBenchmark.class);
        final Figure reentrant = baseline(results, "ReentrantLock", "reentrantLock");
        final Figure stamped = baseline(results, "StampedLock write", "stampedWrite");
        final Figure semaphore = baseline(results, "Semaphore", "semaphore");
        final Figure read = baseline(results, "ReentrantReadWriteLock read", "readLock");
        final Figure write = baseline(results, "ReentrantReadWriteLock write", "writeLock");
        final Figure lock = shared(results, "SharedLock", "lockUnlock");
        final Section section = new Section(name())
                .add(reentrant)
                .add(stamped)
                .add(semaphore)
                .add(read)
                .add(write)
                .add(baseline(results, "CAS in, CAS out, on shared memory", "casPair"), reentrant)
                .add(lock, reentrant)
                .add(lock, stamped)
                .add(shared(results, "SharedLock hold+abandoned+close", "hold"), reentrant)
                .add(shared(results, "SharedReentrantLock", "reentrantLock"), reentrant)
                .add(shared(results, "SharedSemaphore", "semaphore"), semaphore)
                .add(shared(results, "SharedReadWriteLock read", "readLock"), read)
                .add(shared(results, "SharedReadWriteLock write", "writeLock"), write)
                .add(Bar.ratio(lock, reentrant, MOST_TIMES_REENTRANT_LOCK));
        addAllocation(section, results, "SharedLock", "lockUnlock");
        addAllocation(section, results, "SharedLock hold", "hold");
        addAllocation(section, results, "SharedReentrantLock", "reentrantLock");
        addAllocation(section, results, "SharedSemaphore", "semaphore");
        addAllocation(section, results, "SharedReadWriteLock read", "readLock");
        addAllocation(section, results, "SharedReadWriteLock write", "writeLock");
        return section.note("each operation is a lock and an unlock, or an acquire and a release")
                .note(
                        "what JMH allocates itself is shared by the operations of its measurement, of which there are few of"
                                + " the slow write lock");
    }

    private static Figure baseline(final JmhResults results, final String name, final String method) {
        return results.time(name, LockBaselineBenchmark.class, method);
    }

    private static Figure shared(final JmhResults results, final String name, final String method) {
        return results.time(name, SharedLockBenchmark.class, method);
    }

    private static void addAllocation(
            final Section section, final JmhResults results, final String name, final String method) {
        final Figure bytes = results.allocation(name + " allocates", SharedLockBenchmark.class, method);
        section.add(bytes).add(Bar.below(bytes, NOTHING_BYTES));
    }
}
