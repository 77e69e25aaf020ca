package io.condatis.perf.process;

import io.condatis.SharedObjects;
import io.condatis.process.WorkerProcess;
import io.condatis.sync.SharedLock;
import io.condatis.value.LongArray;
import io.condatis.value.LongValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Two processes that want one lock all the time, and before that one alone. A section is: lock, add 1 to a counter in shared
 * memory, unlock. The clock is read after every {@value #BATCH} sections, so the longest wait contains that many and whatever
 * the scheduler did meanwhile. {@code mutex.c} and {@code lock.py} do the same.
 */
final class Handoff {
    static final String UNCONTENDED = "uncontended";
    static final String SECTIONS = "contended sections";
    static final String LARGER_SHARE = "contended share of the larger";
    static final String LONGEST_WAIT = "contended longest wait";

    /** What part of the time is enough for what nobody disturbs. */
    private static final int UNCONTENDED_PART = 4;

    private static final long PART_NS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final int BATCH = 16;
    private static final int PROCESSES = 2;
    private static final long START_SECONDS = 30;
    private static final double PERCENT = 100;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;

    // Words of the tally, each on a cache line of its own; those of a process begin at its number times WORDS_OF_ONE.
    private static final int LINE = 8;
    private static final int READY = 0;
    private static final int BEGIN = LINE;
    private static final int END = BEGIN + 1;
    private static final int RESULTS = 2 * LINE;
    private static final int SECTIONS_OF = 0;
    private static final int ALL_OF = 1;
    private static final int LONGEST_OF = 2;
    private static final int WORDS = RESULTS + PROCESSES * LINE;

    private final SharedLock lock;
    private final LongValue counter;
    private final LongArray tally;

    private Handoff(final SharedObjects shared) {
        lock = shared.lock("lock");
        counter = shared.longValue("counter", 0);
        tally = shared.longArray("tally", WORDS);
    }

    /** Target of the worker that is the first process: starts the second, and leaves the result. */
    static void run(final TrialPlan plan) throws IOException, InterruptedException {
        try (SharedObjects shared =
                SharedObjects.create("condatis-perf-" + ProcessHandle.current().pid())) {
            final Handoff handoff = new Handoff(shared);
            handoff.uncontended(plan.warmupNs());
            final double pairNs = handoff.fastestUncontended(plan.measureNs() / UNCONTENDED_PART);
            handoff.counter.set(0);
            try (WorkerProcess second = WorkerProcess.start(Handoff::second, shared.name(), plan)) {
                handoff.contend(0, plan);
                if (!second.join(START_SECONDS, TimeUnit.SECONDS)
                        || second.exitCode().getAsInt() != 0) {
                    throw new IllegalStateException("the second process failed: " + second);
                }
            }
            handoff.result(pairNs, plan).store(Path.of(plan.resultFile()));
        }
    }

    /** Target of the worker that is the second process. */
    static void second(final String name, final TrialPlan plan) {
        try (SharedObjects shared = SharedObjects.attach(name)) {
            final Handoff handoff = new Handoff(shared);
            handoff.contend(1, plan);
        }
    }

    private TrialResult result(final double pairNs, final TrialPlan plan) {
        final long all = word(0, ALL_OF) + word(1, ALL_OF);
        if (counter.get() != all) {
            throw new IllegalStateException(counter.get() + " sections were counted inside, " + all + " outside");
        }
        final double sections = word(0, SECTIONS_OF) + word(1, SECTIONS_OF);
        final double larger = Math.max(word(0, SECTIONS_OF), word(1, SECTIONS_OF));
        final double longestNs = Math.max(word(0, LONGEST_OF), word(1, LONGEST_OF));
        return new TrialResult(
                RoundTrips.newHistogram(),
                Map.of(
                        UNCONTENDED,
                        pairNs,
                        SECTIONS,
                        sections / (plan.measureNs() / NS_PER_SECOND),
                        LARGER_SHARE,
                        PERCENT * larger / sections,
                        LONGEST_WAIT,
                        longestNs / NS_PER_MS));
    }

    /** Nobody makes it faster than it is: of all parts the one that was disturbed least. */
    private double fastestUncontended(final long durationNs) {
        double fastest = Double.MAX_VALUE;
        for (long leftNs = durationNs; leftNs > 0; leftNs -= PART_NS) {
            fastest = Math.min(fastest, uncontended(PART_NS));
        }
        return fastest;
    }

    private double uncontended(final long durationNs) {
        final long beginNs = System.nanoTime();
        long sections = 0;
        long spentNs;
        do {
            batch();
            sections += BATCH;
            spentNs = System.nanoTime() - beginNs;
        } while (spentNs < durationNs);
        return (double) spentNs / sections;
    }

    private void contend(final int me, final TrialPlan plan) {
        if (tally.incrementAndGet(READY) == PROCESSES) {
            final long beginNs = System.nanoTime() + plan.warmupNs();
            tally.set(END, beginNs + plan.measureNs());
            tally.set(BEGIN, beginNs);
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (tally.get(BEGIN) == 0) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("the other process did not come");
            }
            Thread.onSpinWait();
        }
        measure(me, tally.get(BEGIN), tally.get(END));
    }

    private void measure(final int me, final long beginNs, final long endNs) {
        long all = 0;
        long lastNs;
        do {
            batch();
            all += BATCH;
            lastNs = System.nanoTime();
        } while (lastNs - beginNs < 0);
        final long before = all;
        long longestNs = 0;
        do {
            batch();
            all += BATCH;
            final long nowNs = System.nanoTime();
            longestNs = Math.max(longestNs, nowNs - lastNs);
            lastNs = nowNs;
        } while (lastNs - endNs < 0);
        tally.set(RESULTS + me * LINE + SECTIONS_OF, all - before);
        tally.set(RESULTS + me * LINE + ALL_OF, all);
        tally.set(RESULTS + me * LINE + LONGEST_OF, longestNs);
    }

    private void batch() {
        for (int i = 0; i < BATCH; i++) {
            lock.lock();
            counter.setPlain(counter.getPlain() + 1);
            lock.unlock();
        }
    }

    private long word(final int process, final int word) {
        return tally.get(RESULTS + process * LINE + word);
    }
}
