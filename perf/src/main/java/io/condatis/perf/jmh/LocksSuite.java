package io.condatis.perf.jmh;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import org.openjdk.jmh.runner.RunnerException;

/** A shared lock that nobody else wants, beside {@link java.util.concurrent.locks.ReentrantLock}. */
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
        return "SharedLock, uncontended, beside ReentrantLock and a bare pair of CAS";
    }

    @Override
    public Section run(final Run run) throws RunnerException {
        final JmhResults results = new InterleavedForks(name(), run, ForkPlan.of(run.scale()))
                .run(SharedLockBenchmark.class, LockBaselineBenchmark.class);
        final Figure reentrant =
                results.time("ReentrantLock lock+unlock", LockBaselineBenchmark.class, "reentrantLock");
        final Figure pair = results.time("CAS in, CAS out, on shared memory", LockBaselineBenchmark.class, "casPair");
        final Figure lock = results.time("SharedLock lock+unlock", SharedLockBenchmark.class, "lockUnlock");
        final Figure hold = results.time("SharedLock hold+abandoned+close", SharedLockBenchmark.class, "hold");
        final Figure lockBytes =
                results.allocation("SharedLock lock+unlock allocates", SharedLockBenchmark.class, "lockUnlock");
        final Figure holdBytes = results.allocation("SharedLock hold allocates", SharedLockBenchmark.class, "hold");
        return new Section(name())
                .add(reentrant)
                .add(pair, reentrant)
                .add(lock, reentrant)
                .add(hold, reentrant)
                .add(lockBytes)
                .add(holdBytes)
                .add(Bar.ratio(lock, reentrant, MOST_TIMES_REENTRANT_LOCK))
                .add(Bar.below(lockBytes, NOTHING_BYTES))
                .add(Bar.below(holdBytes, NOTHING_BYTES));
    }
}
