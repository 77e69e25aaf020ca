package io.condatis.perf.process;

import io.condatis.perf.report.Bar;
import io.condatis.perf.report.Figure;
import io.condatis.perf.report.Section;
import io.condatis.perf.suite.Run;
import io.condatis.perf.suite.Suite;
import java.io.IOException;

/** Tiny tasks through a pool, and its start, beside CPython's Pool and the JDK's pool in one process, in turns. */
public final class PoolSuite implements Suite {
    /** CPython's tasks per second times 5. */
    private static final double MOST_TIMES_CPYTHON = 0.2;

    private static final double MOST_TIMES_BARE_JVM = 8;
    /** One and a half times as fast. */
    private static final double MOST_TIMES_WITHOUT_ARCHIVE = 1 / 1.5;

    private static final String PER_TASK = "us/task";
    private static final String MS = "ms";

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public String description() {
        return "tiny tasks through a Pool of 2 and its start, beside CPython's Pool, ForkJoinPool and a bare JVM";
    }

    @Override
    public Section run(final Run run) throws IOException, InterruptedException {
        final Trials tasks = new Trials(name(), "tasks", run);
        final Trials starts = new Trials(name(), "starts", run);
        final PythonPeer python = new PythonPeer(name(), "pool.py", run);
        final TrialPlan plan = TrialPlan.of(run.scale(), "");
        final int trials = TrialPlan.trialsOrOne(run.scale());
        for (int trial = 0; trial < trials; trial++) {
            tasks.next(PoolTasks::run);
            if (TrialPlan.isWithAll(run.scale(), trial)) {
                python.trial(
                        PoolTasks.millis(plan.warmupNs()),
                        PoolTasks.millis(plan.measureNs()),
                        Integer.toString(PoolTasks.TASKS));
            }
            starts.next(PoolStart::run);
        }
        final Figure forkJoin = tasks.number("ForkJoinPool of 2, one task each", PER_TASK, PoolTasks.FORK_JOIN);
        final Figure chunk1 = tasks.number("Pool of 2 map, chunk size 1", PER_TASK, PoolTasks.CHUNK_1);
        final Figure first = tasks.number("Pool of 2 map, chunk size 1, the first", PER_TASK, PoolTasks.FIRST);
        final Figure chunks = tasks.number("Pool of 2 map, default chunk size", PER_TASK, PoolTasks.DEFAULT_CHUNK);
        final Section section = new Section(name())
                .add(forkJoin)
                .add(first, forkJoin)
                .add(chunk1, forkJoin)
                .add(chunks, forkJoin);
        addStarts(section, starts);
        if (python.isThere()) {
            final Figure theirs = python.figure("Pool map, chunk size 1", PER_TASK);
            section.add(theirs)
                    .add(python.figure("Pool map, chunk size 1, the first", PER_TASK))
                    .add(python.figure("Pool map, default chunk size", PER_TASK))
                    .add(python.figure("Pool of 2 ready", MS))
                    .add(Bar.ratio(chunk1, theirs, MOST_TIMES_CPYTHON));
        } else {
            section.add(Bar.missing(chunk1, "CPython Pool map, chunk size 1", MOST_TIMES_CPYTHON));
        }
        return section.note(python.version())
                .note("a task doubles an int; " + PoolTasks.TASKS
                        + " tasks a map; ForkJoinPool runs them in one process");
    }

    private static void addStarts(final Section section, final Trials starts) {
        final Figure bare = starts.number("bare JVM, start and end", MS, PoolStart.BARE);
        final Figure worker = starts.number("worker, start and end", MS, PoolStart.WORKER);
        final Figure workerWithout =
                starts.number("worker, start and end, without the archive", MS, PoolStart.WORKER_WITHOUT);
        final Figure pool = starts.number("Pool of 2 ready", MS, PoolStart.POOL);
        final Figure poolWithout = starts.number("Pool of 2 ready, without the archive", MS, PoolStart.POOL_WITHOUT);
        section.add(bare)
                .add(worker, bare)
                .add(workerWithout, bare)
                .add(pool, bare)
                .add(poolWithout, bare)
                .add(Bar.ratio(pool, bare, MOST_TIMES_BARE_JVM))
                .add(Bar.ratio(pool, poolWithout, MOST_TIMES_WITHOUT_ARCHIVE));
    }
}
